// Owns: what the status line says, the most urgent first.
// Must never: hide that something is wrong behind something that is not.
using System.Globalization;
using Papo.Output;

namespace Papo.FullScreen;

/// <summary>The parts of the status line.</summary>
internal static class StatusLine
{
    /// <summary>The parts, and whether each is something to look at.</summary>
    public static IEnumerable<(string Text, bool Warning)> Parts(ScreenModel model)
    {
        var words = model.Chat.Words;
        if (model.Flash is var (flash, _))
        {
            yield return (flash, true);
        }

        if (model.IsNormal || model.Begun.Length > 0)
        {
            yield return ($"{(model.IsNormal ? words.ViNormal : "")} {model.Begun}".Trim(), false);
        }

        if (model.Current?.Chosen is { } chosen)
        {
            var badge = model.Context.Lines.Badge(chosen.Message.From.Trust);
            if (badge.Length > 0)
            {
                yield return ($"{Harmless.Name(chosen.Message.From.Name)}: {badge}", true);
            }

            yield return (words.ChosenHint(chosen.Message.Mine), false);
        }

        if (!model.Connection.Up)
        {
            yield return (model.Connection.Failure is { } failure ? words.StatusDown(words.Connect(failure.Kind, Harmless.Line(failure.Detail))) : words.StatusConnecting, true);
        }

        if (model.Chat.Current is { } room && model.Chat.Missing.GetValueOrDefault(room) is > 0 and var missing)
        {
            yield return (words.Missing(missing), true);
        }

        var typing = model.Chat.Typing.Keys.Where(key => key.Room == model.Chat.Current).Select(static key => Harmless.Name(key.Name)).Distinct().ToList();
        if (typing.Count > 0)
        {
            yield return (words.Typing(words.Names(typing), typing.Count), false);
        }

        if (model.Current is { Bottom: not null } conversation && model.View(conversation).Below(1000) is > 0 and var below)
        {
            var day = model.Context.Lines.Day(model.View(conversation).Visible()[0].Item.At);
            yield return ($"{words.ShortDay(day)} · {words.RowsBelow(below)}", true);
        }

        if (model.Chat.Away)
        {
            yield return (words.StatusAway, true);
        }

        if (model.Connection.Up)
        {
            yield return (model.Chat.Broker, false);
            yield return (model.Venue.Hub is { } hub ? words.StatusHub(Harmless.Line(hub)) : words.StatusNoHub, false);
            if (model.Venue.RoundTrip is { } time)
            {
                yield return (string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0.1, time.TotalMilliseconds):0.#} ms"), false);
            }
        }
    }
}
