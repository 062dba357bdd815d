// Classes with slow tests begin first, so that none of them is left to run alone at the end.

using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Nsc.Tests.SlowFirst))]

namespace Nsc.Tests;

/// <summary>Orders classes, each of which is a collection, by whether they or their methods have the trait speed=slow.</summary>
public sealed class SlowFirst : ITestCollectionOrderer
{
    private static readonly string[] s_slow = [.. typeof(SlowFirst).Assembly.GetTypes().Where(HasSlowTests).Select(t => t.FullName!)];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(c => IsSlow(c.TestCollectionDisplayName) ? 0 : 1)];

    // "Test collection for CLASS (id: ...)".
    private static bool IsSlow(string collection) => s_slow.Any(name => collection.Split(' ').Contains(name));

    private static bool HasSlowTests(Type type) => type.GetMethods().Prepend<MemberInfo>(type).Any(member =>
        member.GetCustomAttributes<TraitAttribute>().Any(t => t is { Name: "speed", Value: "slow" }));
}
