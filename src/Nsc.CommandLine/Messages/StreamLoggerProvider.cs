// Writes log messages to a stream as nsc has always written them, or as JSON. The library's own console provider writes from a thread of its
// own, in a form of its own, and makes every command start later.

using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Nsc.Core.Diagnostics;
using Nsc.Core.Text;

namespace Nsc.CommandLine.Messages;

/// <param name="error">Where the lines go; what is not printable is spelled out already.</param>
/// <param name="write">Writes a text message, perhaps in colour.</param>
internal sealed class StreamLoggerProvider(TextWriter error, bool isJson, Action<LogLevel, string> write) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new StreamLogger(this, categoryName);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string message, Diagnostic? diagnostic)
    {
        lock (_gate)
        {
            if (isJson)
            {
                error.WriteLine(ToJson(level, category, message, diagnostic));
            }
            else
            {
                write(level, message);
            }
        }
    }

    private static string ToJson(LogLevel level, string category, string message, Diagnostic? diagnostic)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("time", DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("category", category);
            json.WriteString("message", PrintableText.Lines(message));
            if (diagnostic is not null)
            {
                WritePlace(json, diagnostic);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WritePlace(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteString("id", diagnostic.Id);
        json.WriteString("file", PrintableText.OneLine(diagnostic.Location.File ?? ""));
        json.WriteNumber("line", diagnostic.Location.Line);
        json.WriteNumber("column", diagnostic.Location.Column);
        if (diagnostic.Hint is not null)
        {
            json.WriteString("hint", PrintableText.OneLine(diagnostic.Hint));
        }
    }

    private sealed class StreamLogger(StreamLoggerProvider owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true; // The factory filters.

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(logLevel, category, formatter(state, exception), state as Diagnostic);
    }
}
