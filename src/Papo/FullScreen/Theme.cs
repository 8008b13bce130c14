// Owns: how each role looks, and which colour a person has.
// Must never: be the only thing that tells two states apart: every state also has a sign or a word.
using Papo.Drawing;
using Papo.Rich;

namespace Papo.FullScreen;

/// <summary>One theme.</summary>
internal sealed class Theme
{
    private readonly Look[] _styles;
    private readonly Colour[] _people;

    private Theme(string name, Dictionary<Role, Look> styles, Colour[] people)
    {
        Name = name;
        _people = people;
        _styles = new Look[Enum.GetValues<Role>().Length];
        foreach (var (role, style) in styles)
        {
            _styles[(int)role] = style;
        }
    }

    /// <summary>For light letters on a dark ground.</summary>
    public static Theme Dark { get; } = new("dark", Build(Shades.Dark), [.. new[] { 75, 114, 179, 213, 80, 215, 147, 150, 209, 117, 183, 222, 73, 174, 111, 187 }.Select(Colour.Of)]);

    /// <summary>For dark letters on a light ground.</summary>
    public static Theme Light { get; } = new("light", Build(Shades.Light), [.. new[] { 25, 28, 94, 90, 30, 130, 61, 22, 124, 31, 96, 58, 23, 131, 19, 101 }.Select(Colour.Of)]);

    /// <summary>Black, white and the strongest colours.</summary>
    public static Theme Contrast { get; } = new("contrast", Build(Shades.Contrast), [.. new[] { 51, 226, 46, 213, 231, 208, 87, 219 }.Select(Colour.Of)]);

    /// <summary>The sixteen colours of any terminal, in the tones its user chose.</summary>
    public static Theme Sixteen { get; } = new("16", Build(Shades.Sixteen), [.. new[] { 2, 3, 4, 5, 6, 10, 12, 13, 14 }.Select(Colour.Of)]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Theme> All { get; } = [Dark, Light, Contrast, Sixteen];

    /// <summary>What the settings call it.</summary>
    public string Name { get; }

    /// <summary>How a role looks.</summary>
    public Look this[Role role] => _styles[(int)role];

    /// <summary>How a person's name looks: one account, one colour, everywhere.</summary>
    public Look Person(uint seed) => new(_people[seed % (uint)_people.Length], default, Face.Bold);

    /// <summary>This theme with styles of one's own.</summary>
    public Theme With(IEnumerable<KeyValuePair<Role, Look>> own)
    {
        var changed = new Theme(Name, [], _people);
        _styles.CopyTo(changed._styles, 0);
        foreach (var (role, style) in own)
        {
            changed._styles[(int)role] = style;
        }

        return changed;
    }

    private static Dictionary<Role, Look> Build(Shades shades) => new()
    {
        [Role.Text] = new(shades.Text),
        [Role.Quiet] = new(shades.Quiet),
        [Role.Strong] = new(shades.Text, default, Face.Bold),
        [Role.Name] = new(shades.Text, default, Face.Bold),
        [Role.Warning] = new(shades.Warning),
        [Role.Error] = new(shades.Error, default, Face.Bold),
        [Role.Mention] = new(shades.Accent),
        [Role.MentionMe] = new(shades.OnAccent, shades.AccentGround, Face.Bold),
        [Role.RoomName] = new(shades.Accent),
        [Role.Link] = new(shades.Link, default, Face.Underline),
        [Role.Code] = new(shades.Text, shades.CodeGround),
        [Role.CodeKeyword] = new(shades.Keyword, shades.CodeGround),
        [Role.CodeString] = new(shades.String, shades.CodeGround),
        [Role.CodeComment] = new(shades.Quiet, shades.CodeGround, Face.Italic),
        [Role.CodeNumber] = new(shades.Number, shades.CodeGround),
        [Role.Quote] = new(shades.Quiet),
        [Role.Marker] = new(shades.Accent),
        [Role.Reaction] = new(shades.Quiet),
        [Role.ReactionMine] = new(shades.Accent, default, Face.Bold),
        [Role.Day] = new(shades.Quiet),
        [Role.New] = new(shades.Warning, default, Face.Bold),
        [Role.Border] = new(shades.Line),
        [Role.Header] = new(shades.OnBar, shades.Bar, Face.Bold),
        [Role.Status] = new(shades.OnBar, shades.Bar),
        [Role.StatusWarning] = new(shades.BarWarning, shades.Bar, Face.Bold),
        [Role.Room] = new(shades.Text),
        [Role.RoomUnread] = new(shades.Text, default, Face.Bold),
        [Role.RoomMention] = new(shades.Accent, default, Face.Bold),
        [Role.RoomCurrent] = new(shades.OnBar, shades.Bar, Face.Bold),
        [Role.Prompt] = new(shades.Accent, default, Face.Bold),
        [Role.Box] = new(shades.Text, shades.BoxGround),
        [Role.BoxChosen] = new(shades.OnAccent, shades.AccentGround),
        [Role.Chosen] = new(shades.Text, shades.BoxGround),
        [Role.Found] = new(shades.OnAccent, shades.AccentGround),
    };
}
