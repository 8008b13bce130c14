// Owns: reading a settings file: `key = value` lines and whole-line comments, to values with their lines, or to one sentence about the first wrong line.
// Must never: guess at a key, or take half of a file that has an error.
using Papo.Output;
using Papo.Texts;

namespace Papo.Commands;

/// <summary>The settings in a file. A key is the long name of an option; a value is the rest of its line, so that it needs no quotes.</summary>
/// <param name="Values">What stands there, by key.</param>
/// <param name="Problem">What is wrong with the file, or null.</param>
internal sealed record HubSettingsFile(IReadOnlyDictionary<string, HubSetting> Values, string? Problem)
{
    private static readonly Dictionary<string, HubSetting> Nothing = [];

    /// <summary>A file without a line.</summary>
    public static HubSettingsFile Empty { get; } = new(Nothing, null);

    /// <summary>Reads a file; one that is absent is empty unless it was asked for by name.</summary>
    public static HubSettingsFile Read(string path, bool named, IReadOnlyCollection<string> keys, Words words)
    {
        try
        {
            return Parse(path, File.ReadAllLines(path), keys, words);
        }
        catch (Exception absent) when (!named && absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return Empty;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Wrong(words.SettingsUnreadable(Harmless.Line(path), Harmless.Line(unreadable.Message)));
        }
    }

    /// <summary>Reads the lines of a file.</summary>
    public static HubSettingsFile Parse(string path, IReadOnlyList<string> lines, IReadOnlyCollection<string> keys, Words words)
    {
        var values = new Dictionary<string, HubSetting>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            var origin = words.SettingsLine(Harmless.Line(path), i + 1);
            if (TakeLine(line, origin, keys, values, words) is { } problem)
            {
                return Wrong($"{origin}: {problem}");
            }
        }

        return new HubSettingsFile(values, null);
    }

    private static string? TakeLine(string line, string origin, IReadOnlyCollection<string> keys, Dictionary<string, HubSetting> values, Words words)
    {
        var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts is not [var key, var value])
        {
            return words.SettingsNoLine;
        }

        if (!keys.Contains(key))
        {
            var near = Nearest.To(key, keys);
            return words.SettingsUnknown(Harmless.Line(key)) + " " + (near is null ? words.SettingsAllowed(string.Join(", ", keys)) : words.UsageDidYouMean(near));
        }

        if (value.Length == 0)
        {
            return words.SettingsNoValue(key);
        }

        return values.TryAdd(key, new HubSetting(value, origin)) ? null : words.UsageOnce(key);
    }

    private static HubSettingsFile Wrong(string problem) => new(Nothing, problem);
}
