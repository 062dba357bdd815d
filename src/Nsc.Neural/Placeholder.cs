namespace Nsc.Neural; internal static class Placeholder;
