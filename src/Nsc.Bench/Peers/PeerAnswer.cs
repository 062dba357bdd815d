// What a peer answers. It is another program's output, so nothing of it is taken on trust.

using System.Text.Json;

namespace Nsc.Bench.Peers;

/// <summary>The steps a peer took, the processor's seconds of its training alone, and what its net says of the test rows.</summary>
public sealed record PeerAnswer(int Steps, double Seconds, double[] Predictions)
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
                [.. root.GetProperty("predictions").EnumerateArray().Select(p => p.GetDouble())]);
            return answer.Steps > 0 && answer.Seconds > 0 && double.IsFinite(answer.Seconds) && answer.Predictions.Length == predictions
                && Array.TrueForAll(answer.Predictions, p => Math.Abs(p) < Greatest)
                ? answer : null;
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
