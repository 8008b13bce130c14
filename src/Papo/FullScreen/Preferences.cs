// Owns: what a user prefers about the screen: one readable file of `name = value` lines.
// Must never: fail because of a line it does not understand: it says so and goes on with the default.
using Papo.Drawing;
using Papo.Rich;

namespace Papo.FullScreen;

/// <summary>The preferences, immutable.</summary>
internal sealed record Preferences
{
    private readonly Dictionary<string, string> _values = All.ToDictionary(static setting => setting.Name, static setting => setting.Values[0]);

    /// <summary>Every setting with the values it takes; the first is the default.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Values)> All { get; } =
    [
        ("theme", ["auto", "dark", "light", "contrast", "16"]),
        ("time", ["24h", "12h", "seconds"]),
        ("density", ["compact", "roomy"]),
        ("rooms", ["auto", "on", "off"]),
        ("people", ["auto", "on", "off"]),
        ("notes", ["folded", "all"]),
        ("keys", ["emacs", "vi"]),
        ("mouse", ["on", "off"]),
        ("notify", ["bell", "desktop", "off"]),
    ];

    /// <summary>The lines as they stand in the file, comments included.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    /// <summary>Lines that are not understood, by their text.</summary>
    public IReadOnlyList<string> Problems { get; private init; } = [];

    /// <summary>Styles of one's own.</summary>
    public IReadOnlyDictionary<Role, Look> Styles { get; private init; } = new Dictionary<Role, Look>();

    /// <summary>How a time of day is written.</summary>
    public string TimeFormat => this["time"] switch
    {
        "12h" => "hh:mmtt",
        "seconds" => "HH:mm:ss",
        _ => "HH:mm",
    };

    /// <summary>Whether a blank row stands between two people.</summary>
    public bool Roomy => this["density"] == "roomy";

    /// <summary>Whether the rooms are shown; null leaves it to the width.</summary>
    public bool? Rooms => OnOrOff("rooms");

    /// <summary>Whether the people are shown; null leaves it to the width.</summary>
    public bool? People => OnOrOff("people");

    /// <summary>Whether notes in a row become one.</summary>
    public bool FoldNotes => this["notes"] == "folded";

    /// <summary>Whether the mouse is the program's.</summary>
    public bool Mouse => this["mouse"] == "on";

    /// <summary>Whether keys are those of vi.</summary>
    public bool Vi => this["keys"] == "vi";

    /// <summary>The value of a setting.</summary>
    public string this[string name] => _values[name];

    /// <summary>Key bindings of one's own, <c>ctrl+k = palette</c>, in the order of the file.</summary>
    public IReadOnlyList<(string Key, string Action)> Keys { get; private init; } = [];

    /// <summary>Reads the lines of a file.</summary>
    public static Preferences Read(IReadOnlyList<string> lines)
    {
        var read = new Preferences { Lines = lines };
        List<string> problems = [];
        Dictionary<Role, Look> styles = [];
        List<(string Key, string Action)> keys = [];
        foreach (var line in lines)
        {
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            var (name, value) = Split(line);
            if (name.StartsWith("key.", StringComparison.Ordinal) && value.Length > 0)
            {
                keys.Add((name[4..], value));
            }
            else if (name.StartsWith("style.", StringComparison.Ordinal) && TryRole(name[6..], out var role) && TryStyle(value, out var style))
            {
                styles[role] = style;
            }
            else if (MaySet(name, value))
            {
                read._values[name] = value;
            }
            else
            {
                problems.Add(line.Trim());
            }
        }

        return read with { Problems = problems, Styles = styles, Keys = keys };
    }

    /// <summary>Whether a setting of this name takes this value.</summary>
    public static bool MaySet(string name, string value) => All.Any(setting => setting.Name == name && setting.Values.Contains(value));

    /// <summary>The same with one setting changed: in its line, or in a new one at the end.</summary>
    public Preferences With(string name, string value)
    {
        var lines = Lines.ToList();
        var at = lines.FindLastIndex(line => !line.TrimStart().StartsWith('#') && Split(line).Name == name);
        if (at >= 0)
        {
            lines[at] = $"{name} = {value}";
        }
        else
        {
            lines.Add($"{name} = {value}");
        }

        return Read(lines);
    }

    /// <summary>The theme; with <c>auto</c> by the colours that the terminal has and the ground that it says it has.</summary>
    public Theme ThemeFor(ColourDepth depth, bool lightGround)
    {
        var name = this["theme"];
        var theme = Theme.All.FirstOrDefault(theme => theme.Name == name) ?? (depth == ColourDepth.Sixteen ? Theme.Sixteen : lightGround ? Theme.Light : Theme.Dark);
        return Styles.Count == 0 ? theme : theme.With(Styles);
    }

    private static (string Name, string Value) Split(string line)
    {
        var at = line.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (line.Trim(), "") : (line[..at].Trim(), line[(at + 1)..].Trim());
    }

    // "code-keyword"
    private static bool TryRole(string name, out Role role) => Enum.TryParse(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out role) && Enum.IsDefined(role);

    // "bold #ffcc00 on 236"
    private static bool TryStyle(string text, out Look style)
    {
        style = default;
        var ground = false;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "on")
            {
                ground = true;
            }
            else if (Enum.TryParse<Face>(word, ignoreCase: true, out var face) && !char.IsAsciiDigit(word[0]))
            {
                style = style.With(face);
            }
            else if (Colour.TryParse(word, out var colour))
            {
                style = ground ? style with { Back = colour } : style with { Fore = colour };
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private bool? OnOrOff(string name) => this[name] switch
    {
        "on" => true,
        "off" => false,
        _ => null,
    };
}
