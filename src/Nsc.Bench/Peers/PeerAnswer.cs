// What a peer answers. It is another program's output, so nothing of it is taken on trust.

using System.Text.Json;
using Nsc.Core.Text;

namespace Nsc.Bench.Peers;

/// <summary>What a peer made of a problem.</summary>
/// <param name="Steps">Those that it took; 1 for a method that has none.</param>
/// <param name="Seconds">Of the processor, for its training alone.</param>
/// <param name="Predictions">What it says of the test rows.</param>
/// <param name="RowSeconds">Of the processor, for one row when all test rows are predicted together; null when it does not say.</param>
/// <param name="Bytes">Of what has to be kept to predict; null when it does not say.</param>
public sealed record PeerAnswer(int Steps, double Seconds, double[] Predictions, double? RowSeconds = null, long? Bytes = null)
{
    // Beyond this an answer is no prediction of a standardised target, and squaring it could overflow.
    private const double Greatest = 1e100;

    /// <summary>Reads an answer with that number of predictions; null for any other text.</summary>
    public static PeerAnswer? Parse(string text, int predictions)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            var answer = new PeerAnswer(
                root.GetProperty("steps").GetInt32(), root.GetProperty("seconds").GetDouble(),
                [.. root.GetProperty("predictions").EnumerateArray().Select(p => p.GetDouble())],
                root.TryGetProperty("rowSeconds", out JsonElement row) ? row.GetDouble() : null, root.TryGetProperty("bytes", out JsonElement bytes) ? bytes.GetInt64() : null);
            return answer.IsCredible && answer.Predictions.Length == predictions ? answer : null;
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private bool IsCredible => Steps > 0 && Seconds > 0 && double.IsFinite(Seconds) && RowSeconds is null or (>= 0 and < double.PositiveInfinity) && Bytes is null or >= 0
        && Array.TrueForAll(Predictions, p => Math.Abs(p) < Greatest);
}

/// <summary>An answer, or the reason why there is none.</summary>
/// <param name="IsMissing">Whether the peer could not be run at all.</param>
/// <param name="IsLasting">Whether it would be the same again. What ended a process may have been somebody's impatience.</param>
public sealed record PeerResult(PeerAnswer? Answer, string? Reason, bool IsMissing = false, bool IsLasting = true)
{
    private const int LongestReason = 200;

    /// <summary>There is no answer.</summary>
    public static PeerResult None(string reason) => new(null, reason);

    /// <summary>What a line says that a peer printed: an answer, or <c>{"failed": reason}</c>.</summary>
    public static PeerResult Of(string line, int predictions) =>
        PeerAnswer.Parse(line, predictions) is { } answer ? new PeerResult(answer, null) : None(Failure(line) ?? "its answer is not the JSON that was asked for");

    private static string? Failure(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            string reason = document.RootElement.GetProperty("failed").GetString() ?? "";
            return PrintableText.OneLine(reason[..Math.Min(reason.Length, LongestReason)]);
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
