// Owns: printing messages of a command: plain lines with days, or JSON; each id once.
// Must never: print a state change, or the same entry twice.
using Papo.Chat;
using Papo.Client;
using Papo.Protocol;
using Papo.Texts;

namespace Papo.Output;

/// <summary>Prints messages to standard output.</summary>
/// <param name="output">Standard output.</param>
/// <param name="json">One object a line.</param>
/// <param name="words">The language.</param>
/// <param name="zone">Local time.</param>
/// <param name="showRoom">Whether lines begin with their room.</param>
internal sealed class MessagePrinter(TextSink output, bool json, Words words, TimeZoneInfo zone, bool showRoom)
{
    private const int RememberedIds = 100_000;

    private readonly HashSet<EntryId> _printed = [];
    private readonly Queue<EntryId> _order = [];
    private readonly LineContext _context = new(words, zone) { ShowRoom = showRoom };
    private DateOnly? _day;

    /// <summary>Prints a message.</summary>
    public void Print(ChatMessage message) => Print(message, null);

    /// <summary>Prints a message or an amendment of <paramref name="target"/>.</summary>
    public void Print(ChatMessage message, ChatMessage? target)
    {
        if (!message.IsToldAgain && (message.Id ?? message.LocalId) is { } id && !MarkPrinted(id))
        {
            return;
        }

        if (json)
        {
            output.Write(JsonLines.Message(message));
            return;
        }

        var day = _context.Day(message.At);
        if (_day is null || day > _day)
        {
            output.Write(_context.DayLine(day));
            _day = day;
        }

        output.Write(target is null ? MessageLines.Of(message, _context) : MessageLines.Amendment(message, target, _context));
    }

    private bool MarkPrinted(EntryId id)
    {
        if (!_printed.Add(id))
        {
            return false;
        }

        _order.Enqueue(id);
        if (_order.Count > RememberedIds)
        {
            _printed.Remove(_order.Dequeue());
        }

        return true;
    }
}
