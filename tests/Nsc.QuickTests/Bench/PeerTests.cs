using System.Buffers.Binary;
using Nsc.Bench.Peers;
using Nsc.Engine;

namespace Nsc.Tests.Bench;

/// <summary>Peers are other people's programs: whatever they do, the bench goes on.</summary>
public sealed class PeerTests : IDisposable
{
    private static readonly PeerProblem s_problem = new(new NetShape(2, [4, 4]), 3, 1, 7, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, -1, 2, 0.5], [0, 2]);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_problem_is_six_integers_and_then_the_numbers()
    {
        using var stream = new MemoryStream();
        s_problem.Write(stream);
        byte[] bytes = stream.ToArray();
        Assert.Equal((6 * 4) + ((12 + 4) * 8), bytes.Length);
        Assert.Equal([2, 4, 3, 1, 2, 7], Enumerable.Range(0, 6).Select(i => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 * i))));
        Assert.Equal(12.0, BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(24 + (8 * 11))));
        Assert.Equal(0.5, BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(24 + (8 * 15))));
    }

    [Fact]
    public void Predictions_are_judged_by_the_truths_variance()
    {
        Assert.Equal(0, s_problem.Nmse([0, 2]));
        Assert.Equal(1, s_problem.Nmse([1, 1]), 1e-12);
    }

    [Fact]
    public void An_answer_is_read_from_what_the_peer_prints()
    {
        PeerResult result = Ask("cat \"$0\" | wc -c >&2; echo '{\"steps\": 7, \"seconds\": 0.5, \"predictions\": [0.25, -1e-3]}'");
        Assert.Null(result.Reason);
        Assert.Equal((7, 0.5), (result.Answer!.Steps, result.Answer.Seconds));
        Assert.Equal([0.25, -1e-3], result.Answer.Predictions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Segmentation fault")]
    [InlineData("[]")]
    [InlineData("{\"steps\": 7}")]
    [InlineData("{\"steps\": 7, \"seconds\": \"0.5\", \"predictions\": [1, 2]}")]
    [InlineData("{\"steps\": 7, \"seconds\": 0, \"predictions\": [1, 2]}")]
    [InlineData("{\"steps\": -7, \"seconds\": 1, \"predictions\": [1, 2]}")]
    [InlineData("{\"steps\": 7e99, \"seconds\": 1, \"predictions\": [1, 2]}")]
    [InlineData("{\"steps\": 7, \"seconds\": 1e999, \"predictions\": [1, 2]}")]
    [InlineData("{\"steps\": 7, \"seconds\": 1, \"predictions\": [1]}")]
    [InlineData("{\"steps\": 7, \"seconds\": 1, \"predictions\": [1, NaN]}")]
    [InlineData("{\"steps\": 7, \"seconds\": 1, \"predictions\": [1, 1e300]}")]
    [InlineData("{\"steps\": 7, \"seconds\": 1, \"predictions\": {\"a\": 1}}")]
    [InlineData("{\"steps\": 7, \"seconds\": 1, \"predictions\": [1, 2], \"rowSeconds\": -1}")]
    [InlineData("{\"steps\": 7, \"seconds\": 1, \"predictions\": [1, 2], \"bytes\": \"1\"}")]
    [InlineData("{\"failed\": 7}")]
    public void Anything_else_is_no_answer(string said)
    {
        Assert.Null(PeerAnswer.Parse(said, 2));
        PeerResult result = Ask($"echo '{said}'");
        Assert.Null(result.Answer);
        Assert.Contains("not the JSON", result.Reason);
    }

    [Fact]
    public void A_peer_that_fails_is_left_out_with_what_it_says()
    {
        Assert.Contains("exit code 9: out of luck", Ask("echo out of luck >&2; exit 9").Reason);
        Assert.False(Ask("kill $$").IsLasting);
        Assert.True(Ask("echo '{\"failed\": \"too hard\"}'").IsLasting);
        Assert.Contains("not installed", Ask("echo no module >&2; exit 4").Reason);
        Assert.NotNull(new Peer("absent", ["/nowhere/peer"]).Solve(s_problem, _folder.FullName, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken).Reason);
    }

    [Fact]
    public void Many_problems_are_asked_at_once_and_a_peer_is_started_again_behind_one_that_it_does_not_survive()
    {
        string[] said = AskMany(5, "test -f b && { echo '{\"failed\": \"too hard\"}'; echo '{\"steps\": 2, \"seconds\": 1, \"predictions\": [2, 2]}'; exit 0; }; "
            + "test -f a && { touch b; exit 9; }; touch a; echo '{\"steps\": 1, \"seconds\": 1, \"predictions\": [1, 1]}'; exit 9");
        Assert.Equal(["1", "exit code 9: ", "exit code 9: ", "too hard", "2"], said);
    }

    [Fact]
    public void A_line_that_a_library_prints_is_no_answer_and_takes_the_place_of_none()
    {
        string[] said = AskMany(2, "echo ' ascent direction in projection gd = 0.1'; for i in 1 2; do echo \"{\\\"steps\\\": $i, \\\"seconds\\\": 1, \\\"predictions\\\": [1, 1]}\"; echo; done");
        Assert.Equal(["1", "2"], said);
    }

    [Fact]
    public void A_peer_that_fails_again_and_again_is_given_up()
    {
        string[] said = AskMany(9, "echo x >>runs; exit 9");
        Assert.All(said, reason => Assert.Equal("exit code 9: ", reason));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(_folder.FullName, "runs")).Length);
    }

    [Fact]
    public void A_peer_that_hangs_is_ended_with_its_children()
    {
        PeerResult result = Ask("sleep 1000 & wait", TimeSpan.FromSeconds(0.3));
        Assert.Null(result.Answer);
        Assert.Contains("no answer within", result.Reason);
        Assert.True(result.IsLasting);
    }

    [Fact]
    public void A_peer_that_never_stops_talking_is_heard_out_but_not_believed()
    {
        PeerResult result = Ask("head -c 20000000 /dev/zero; head -c 2000000 /dev/zero >&2");
        Assert.Contains("not the JSON", result.Reason);
    }

    [Fact]
    public void Summaries_are_geometric_means_over_programs()
    {
        PeerTrainingRow[] rows = [new("f", 128, "ours", 0.1, 1, 0.5, 4), new("g", 128, "ours", 0.001, 4)];
        PeerTrainingSummary summary = PeerTraining.Summarise(rows).Single();
        Assert.Equal((2, 1), (summary.Programs, summary.Reached));
        Assert.Equal(0.01, summary.Nmse, 1e-12);
        Assert.Equal(2, summary.Seconds, 1e-12);
        Assert.Equal(4, summary.SpeedUp!.Value, 1e-12);
    }

    private string[] AskMany(int count, string script)
    {
        var said = new string[count];
        new Peer("fake", ["/bin/sh", "-c", script, Peer.ProblemFile]).SolveAll(
            [.. Enumerable.Repeat(s_problem, count)], _folder.FullName, TimeSpan.FromSeconds(60),
            (i, result) => said[i] = result.Answer is { } answer ? $"{answer.Steps}" : result.Reason!, TestContext.Current.CancellationToken);
        return said;
    }

    private PeerResult Ask(string script, TimeSpan? limit = null) => new Peer("fake", ["/bin/sh", "-c", script, Peer.ProblemFile])
        .Solve(s_problem, _folder.FullName, limit ?? TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
}
