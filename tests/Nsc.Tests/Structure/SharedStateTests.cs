// What all threads share must bear being asked by all of them. A match of a regular expression does not: it finds its groups when it is first asked for one.

using System.Reflection;
using System.Text.RegularExpressions;

namespace Nsc.Tests.Structure;

public class SharedStateTests
{
    [Fact]
    public void No_static_field_holds_matches()
    {
        IEnumerable<FieldInfo> fields = SourceTree.Projects().Keys.Where(name => name != "Nsc.AheadOfTime")
            .Select(name => Assembly.Load(name == "Nsc.Cli" ? "nsc" : name)).SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        Assert.Empty(fields.Where(f => HoldsMatches(f.FieldType)).Select(f => $"{f.DeclaringType}.{f.Name}"));
    }

    [Theory]
    [InlineData(typeof(Match[]), true)]
    [InlineData(typeof(Lazy<List<Match>>), true)]
    [InlineData(typeof(Dictionary<string, GroupCollection>), true)]
    [InlineData(typeof(Func<Match, string>), false)] // It is given one.
    [InlineData(typeof(Regex), false)]
    [InlineData(typeof(string[]), false)]
    public void They_are_found_in_whatever_holds_them(Type type, bool expected) => Assert.Equal(expected, HoldsMatches(type));

    private static bool HoldsMatches(Type type) => typeof(Capture).IsAssignableFrom(type) || type == typeof(MatchCollection) || type == typeof(GroupCollection)
        || (type.IsArray && HoldsMatches(type.GetElementType()!)) || (type.IsGenericType && !typeof(Delegate).IsAssignableFrom(type) && type.GetGenericArguments().Any(HoldsMatches));
}
