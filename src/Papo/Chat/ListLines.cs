// Owns: how rooms and people look in a list.
// Must never: let a foreign name through that was not made harmless.
using Papo.Client;
using Papo.Output;

namespace Papo.Chat;

/// <summary>Lists as lines.</summary>
internal static class ListLines
{
    /// <summary>One line a room.</summary>
    public static IEnumerable<StyledLine> Rooms(IReadOnlyList<RoomSummary> rooms, LineContext context)
    {
        var width = rooms.Count == 0 ? 0 : rooms.Max(static room => room.Room.ToString().Length);
        foreach (var room in rooms)
        {
            var line = new StyledLine().Add(room.Room.ToString().PadRight(width)).Add("  " + context.Words.RoomRow(room.Online, room.Messages), Ink.Quiet);
            yield return line.Add(room.Joined ? $", {context.Words.JoinedWord}" : "", Ink.Quiet);
        }
    }

    /// <summary>One line a computer of this account.</summary>
    public static IEnumerable<StyledLine> Copies(IReadOnlyList<AccountCopy> copies, LineContext context)
    {
        var width = copies.Count == 0 ? 0 : copies.Max(copy => TextWidth.Of(NameOf(copy, context)));
        foreach (var copy in copies)
        {
            var line = new StyledLine().Add(copy.Copy.ToString()[..8], Ink.Quiet).Add("  " + NameOf(copy, context));
            yield return line.Add(new string(' ', 8 + 2 + width - line.Width + 2)).Add(context.Words.DeviceRow(copy.IsThis, copy.IsLinked), Ink.Quiet);
        }
    }

    private static string NameOf(AccountCopy copy, LineContext context) => copy.Name.Length > 0 ? Harmless.Name(copy.Name) : context.Words.DeviceUnnamed;

    /// <summary>One line a person.</summary>
    public static IEnumerable<StyledLine> People(IReadOnlyList<Person> people, LineContext context)
    {
        var words = context.Words;
        var width = people.Count == 0 ? 0 : people.Max(person => context.AddName(new StyledLine(), person.Who).Width);
        foreach (var person in people)
        {
            var line = context.AddName(new StyledLine(), person.Who);
            line.Add(new string(' ', width - line.Width + 2));
            List<string> facts = [];
            Add(person.IsMe, words.MeWord);
            Add(context.Badge(person.Who.Trust).Length > 0, context.Badge(person.Who.Trust));
            Add(person.Who.Trust == Trust.Verified, words.VerifiedWord);
            Add(!person.Online, words.OfflineWord);
            Add(person.Online && person.Away, words.AwayWord);
            Add(person.Status.Length > 0, Harmless.Line(person.Status));
            Add(true, words.Since(context.Time(person.Since)));
            Add(person.Rooms.Count > 0, string.Join(' ', person.Rooms));
            yield return line.Add(string.Join(", ", facts), Ink.Quiet);

            void Add(bool given, string fact)
            {
                if (given)
                {
                    facts.Add(fact);
                }
            }
        }
    }
}
