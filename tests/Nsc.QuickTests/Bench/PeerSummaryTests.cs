using Nsc.Bench.Peers;

namespace Nsc.Tests.Bench;

/// <summary>The best peer is chosen for each program, and a peer that wins is named.</summary>
public sealed class PeerSummaryTests
{
    private static readonly ComparedRow[] s_rows =
    [
        Row("f", "nsc", 1e-2), Row("g", "nsc", 1e-4), Row("f", "random", 1e-1), Row("g", "random", 1e-3),
        Row("f", "trees", 1e-1), Row("g", "trees", 1e-1), Row("f", "gp", 1e-3), Row("g", "gp", 1),
    ];

    [Fact]
    public void Ours_come_first_and_the_best_peers_stand_before_all_peers()
    {
        List<PeerSummary> rows = PeerSummaries.Summarise(s_rows);
        Assert.Equal(["nsc", "random", PeerSummaries.Best, "trees", "gp"], rows.Select(r => r.Method));
        PeerSummary best = rows[2];
        Assert.Equal(1e-2, best.Nmse, 1e-12);
        Assert.Equal(10, best.ErrorByOurs, 1e-9);
        Assert.Equal(0.5, best.OurWins);
        Assert.Equal([1, 1], rows.Skip(3).Select(r => r.TimesBest!.Value));
    }

    [Fact]
    public void A_peer_wins_where_its_error_is_below_ours()
    {
        BestPeer[] best = [.. PeerSummaries.BestPeers(s_rows)];
        Assert.Equal(("f", "gp", 0.1), (best[0].Program, best[0].Peer, Math.Round(best[0].Ratio, 12)));
        Assert.Equal(("g", "trees", 1000.0), (best[1].Program, best[1].Peer, Math.Round(best[1].Ratio, 9)));
    }

    [Fact]
    public void A_program_on_which_no_peer_answers_is_no_win_and_no_loss()
    {
        Assert.Empty(PeerSummaries.BestPeers([Row("f", "nsc", 1e-2), Row("f", "random", 1e-1)]));
        Assert.Equal(2, PeerSummaries.Summarise([Row("f", "nsc", 1e-2), Row("g", "nsc", 1e-2), Row("f", "gp", 1)])[0].Programs);
    }

    private static ComparedRow Row(string program, string method, double nmse) => new(program, 8, method, nmse, [nmse], 1, 10, 100);
}
