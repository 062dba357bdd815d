using Nsc.Bench.Peers;
using Nsc.Engine;

namespace Nsc.Tests.Bench;

/// <summary>A kept answer counts only for what it was given for.</summary>
public sealed class PeerCacheTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly PeerProblem s_problem = new(new NetShape(1, [4, 4]), 3, 1, 7, [1, 2, 3, 4, 5, 6], [1, -1, 2, 0.5], [0, 2]);
    private static readonly PeerAnswer s_answer = new(7, 0.5, [0.25, 1e-3], 1e-6, 80);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_answer_is_found_again()
    {
        var cache = new PeerCache(_folder.FullName);
        cache.Keep("abc", new PeerResult(s_answer, null), s_limit);
        PeerAnswer found = cache.Find("abc", s_problem, s_limit)!.Answer!;
        Assert.Equal((7, 0.5, 1e-6, 80L), (found.Steps, found.Seconds, found.RowSeconds!.Value, found.Bytes!.Value));
        Assert.Equal(s_answer.Predictions, found.Predictions);
        Assert.Null(cache.Find("abd", s_problem, s_limit));
        Assert.Null(new PeerCache(null).Find("abc", s_problem, s_limit));
    }

    [Fact]
    public void A_failure_is_found_again_for_the_same_limit_alone()
    {
        var cache = new PeerCache(_folder.FullName);
        cache.Keep("abc", PeerResult.None("no answer within 60 s"), s_limit);
        Assert.Equal("no answer within 60 s", cache.Find("abc", s_problem, s_limit)!.Reason);
        Assert.Null(cache.Find("abc", s_problem, 2 * s_limit));
    }

    [Fact]
    public void Every_bit_of_a_problem_and_of_a_peer_is_in_the_key()
    {
        string script = Path.Combine(_folder.FullName, "peer.py");
        File.WriteAllText(script, "1");
        var peer = new Peer("fake", ["python3", script, Peer.ProblemFile, "rbf"]);
        string identity = PeerCache.Identity(peer, "numpy 1", [script]);
        var keys = new List<string>
        {
            PeerCache.Key(identity, s_problem),
            PeerCache.Key(identity, s_problem with { Steps = 8 }),
            PeerCache.Key(identity, s_problem with { Training = 2, HeldOut = 2 }),
            PeerCache.Key(identity, s_problem with { Inputs = [1, 2, 3, 4, 5, Math.BitIncrement(6)] }),
            PeerCache.Key(identity, s_problem with { Targets = [1, -1, 2, Math.BitDecrement(0.5)] }),
            PeerCache.Key(PeerCache.Identity(peer, "numpy 2", [script]), s_problem),
            PeerCache.Key(PeerCache.Identity(peer with { Command = ["python3", script, Peer.ProblemFile, "matern"] }, "numpy 1", [script]), s_problem),
        };
        File.WriteAllText(script, "2");
        keys.Add(PeerCache.Key(PeerCache.Identity(peer, "numpy 1", [script]), s_problem));
        Assert.Equal(keys.Count, keys.Distinct().Count());
        File.WriteAllText(script, "1");
        Assert.Equal(keys[0], PeerCache.Key(PeerCache.Identity(peer, "numpy 1", [script]), s_problem));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"line\": \"{}\"}")]
    [InlineData("{\"line\": \"{\\\"steps\\\": 7, \\\"seconds\\\": 1, \\\"predictions\\\": [1]}\"}")]
    public void A_damaged_file_is_no_answer(string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "ab"));
        File.WriteAllText(Path.Combine(_folder.FullName, "ab", "abc.json"), text);
        Assert.Null(new PeerCache(_folder.FullName).Find("abc", s_problem, s_limit));
    }
}
