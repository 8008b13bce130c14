// Owns: the slash commands that mean something else, or only mean something, on the full screen.
// Must never: take a command away that the plain mode has.
using Papo.Chat;
using Papo.Client;
using Papo.Commands;
using Papo.Output;

namespace Papo.FullScreen;

/// <summary>Commands of the screen.</summary>
internal static class ScreenCommands
{
    /// <summary>Runs a line if it is such a command; false leaves it to the commands of every mode.</summary>
    public static bool TryRun(ScreenModel model, string line, ChatStep step)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        var (name, rest) = end < 0 ? (line.TrimEnd(), "") : (line[..end], line[end..].Trim());
        switch (name)
        {
            case "/help" or "/keys":
                model.Box = ScreenChoices.Help(model);
                model.Box.Type(rest);
                return true;
            case "/search" when rest.Length > 0:
                step.Effects.Add(new SearchEffect(rest));
                return true;
            case "/search":
                model.Box = ScreenChoices.Search(model);
                return true;
            case "/history" when model.Current is { } here && Moment.TryParseDate(rest, model.Chat.Zone, out var from):
                step.Effects.Add(new PageEffect(here.Room, new HistoryQuery(ScreenActions.PageSize) { AfterTime = from }, PageUse.From));
                return true;
            case "/history":
                ScreenActions.ToOldest(model, step);
                return true;
            case "/set" or "/theme":
                Set(model, name == "/theme" ? $"theme {rest}".TrimEnd() : rest, step);
                return true;
            case "/copy":
                model.Copying = true;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Changes a setting, at once and for good.</summary>
    public static void Set(ScreenModel model, string name, string value, ChatStep step)
    {
        model.Prefer(model.Preferences.With(name, value));
        step.Effects.Add(new PreferEffect(model.Preferences));
        step.Remark(model.Chat.Words.SettingIs(name, value));
    }

    // /set, /set NAME, /set NAME VALUE
    private static void Set(ScreenModel model, string rest, ChatStep step)
    {
        var parts = rest.Split([' ', '='], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length < 2)
        {
            model.Box = ScreenChoices.Settings(model, parts.Length == 0 ? "" : parts[0]);
        }
        else if (Preferences.MaySet(parts[0], parts[1]))
        {
            Set(model, parts[0], parts[1], step);
        }
        else
        {
            step.Remark(model.Chat.Words.NoSuchSetting(Harmless.Line(parts[0]), Harmless.Line(parts[1])), Ink.Warning);
        }
    }
}
