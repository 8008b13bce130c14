// Owns: log entries as one line each with their fields, for programs that collect logs: logfmt or JSON.
// Must never: hold message text, names of people or secrets, or write half a line.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Papo.Output;

namespace Papo.Diagnostics;

/// <summary>How a line looks.</summary>
internal enum LogForm
{
    /// <summary><c>key=value</c> pairs.</summary>
    Logfmt,

    /// <summary>One JSON object.</summary>
    Json,
}

/// <summary>Writes entries to a sink, and hands them on.</summary>
internal sealed class StructuredLog(TextSink sink, LogForm form, TimeProvider time, ILogger next) : ILogger
{
    private const string Template = "{OriginalFormat}";

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        List<KeyValuePair<string, object?>> fields =
        [
            new("time", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
            new("level", logLevel.ToString().ToLowerInvariant()),
            new("event", eventId.Id),
            new("msg", formatter(state, exception)),
        ];
        fields.AddRange((state as IEnumerable<KeyValuePair<string, object?>> ?? []).Where(static field => field.Key != Template).Select(static field => new KeyValuePair<string, object?>(Lower(field.Key), field.Value)));
        if (exception is not null)
        {
            fields.Add(new KeyValuePair<string, object?>("error", $"{exception.GetType().Name}: {exception.Message}"));
        }

        sink.Write(form == LogForm.Json ? Json(fields) : Logfmt(fields));
        next.Log(logLevel, eventId, state, exception, formatter);
    }

    private static string Lower(string key) => char.ToLowerInvariant(key[0]) + key[1..];

    private static string Json(List<KeyValuePair<string, object?>> fields)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = new PlainJsonEncoder() }))
        {
            json.WriteStartObject();
            foreach (var (key, value) in fields)
            {
                json.WritePropertyName(key);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.ToArray());
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            default:
                json.WriteStringValue(Text(value));
                break;
        }
    }

    private static string Logfmt(List<KeyValuePair<string, object?>> fields) =>
        string.Join(' ', fields.Select(static field => $"{field.Key}={Quoted(Text(field.Value))}"));

    private static string Text(object? value) =>
        Harmless.Line(value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "");

    private static string Quoted(string text) => text.Length > 0 && text.All(static c => c is > ' ' and not ('"' or '=' or '\\'))
        ? text
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
