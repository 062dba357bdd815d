namespace Nsc.Corpus; internal static class Placeholder;
