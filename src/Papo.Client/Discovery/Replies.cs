// Owns: answering questions on one link: to whom, when, and what is not said again.
// Must never: multicast a record twice within a second, but to defend it against a probe (RFC 6762, section 6).
using System.Net;

namespace Papo.Client.Discovery;

/// <summary>Answers about one set of records on one link.</summary>
internal sealed class Replies(LinkId link, Send send, Pick pick)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DefencePause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SharedFrom = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SharedTo = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan TruncatedFrom = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan TruncatedTo = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<DnsRecord, Due> _waiting = [];
    private readonly Dictionary<DnsRecord, TimeSpan> _said = [];

    /// <summary>When the next answer is due, or null.</summary>
    public TimeSpan? NextAt => _waiting.Count == 0 ? null : _waiting.Values.Min(static due => due.At);

    /// <summary>Takes a question, or the rest of the known answers of one.</summary>
    public void Take(Arrived question, AnnouncedRecords records, TimeSpan now)
    {
        var message = question.Message;
        if (message.Questions.Count == 0)
        {
            Drop(question);
            return;
        }

        List<DnsRecord> toOne = [];
        List<DnsRecord> toAll = [];
        var isLegacy = question.From.Port != MulticastGroup.Port;
        foreach (var asked in message.Questions)
        {
            foreach (var answer in records.Answers(asked).Where(answer => !IsKnown(answer, message.Answers)))
            {
                (isLegacy || (asked.Unicast && WasSaid(answer, now)) ? toOne : toAll).Add(answer);
            }
        }

        if (toOne.Count > 0)
        {
            Tell(question, [.. toOne.Distinct()], records, isLegacy);
        }

        if (toAll.Count > 0)
        {
            Plan(question, toAll, now);
        }
    }

    /// <summary>Says again what somebody else took back or shortened (RFC 6762, section 6.6).</summary>
    public void Repeat(DnsRecord record, TimeSpan now) => Wait(record, now, Pause, null);

    /// <summary>Notes that this was said to all by an announcement.</summary>
    public void Said(IEnumerable<DnsRecord> records, TimeSpan now)
    {
        foreach (var record in records)
        {
            _said[record] = now;
            _waiting.Remove(record);
        }
    }

    /// <summary>Sends what is due, with what the asker will want next.</summary>
    public void Wake(AnnouncedRecords records, TimeSpan now)
    {
        List<DnsRecord> due = [.. _waiting.Where(pair => pair.Value.At <= now).Select(static pair => pair.Key)];
        if (due.Count == 0)
        {
            return;
        }

        DnsRecord[] following = [.. records.Following(due)];
        Said(due.Concat(following), now);
        send(link, new DnsMessage { IsResponse = true, Answers = due, Additionals = following }, null);
    }

    /// <summary>Forgets everything: the records are others now.</summary>
    public void Clear()
    {
        _waiting.Clear();
        _said.Clear();
    }

    // Section 7.1: known with at least half of its time left.
    private static bool IsKnown(DnsRecord answer, IReadOnlyList<DnsRecord> known) => known.Any(record => record.Equals(answer) && record.Ttl >= answer.Ttl / 2);

    // Section 5.4: everybody may be expected to have heard it within a quarter of its time.
    private bool WasSaid(DnsRecord record, TimeSpan now) => _said.TryGetValue(record, out var at) && now - at < TimeSpan.FromSeconds(record.Ttl / 4.0);

    private void Plan(Arrived question, List<DnsRecord> answers, TimeSpan now)
    {
        var isProbe = question.Message.Authorities.Count > 0;
        var wait = question.Message.Truncated ? pick(TruncatedFrom, TruncatedTo)
            : !isProbe && answers.Any(static answer => !answer.Flush) ? pick(SharedFrom, SharedTo)
            : TimeSpan.Zero;
        foreach (var answer in answers)
        {
            Wait(answer, now + wait, isProbe ? DefencePause : Pause, question);
        }
    }

    private void Wait(DnsRecord record, TimeSpan at, TimeSpan pause, Arrived? question)
    {
        if (_said.TryGetValue(record, out var said) && said + pause > at)
        {
            at = said + pause;
        }

        // Who asks for what is planned already is one more who needs it: nobody's known answers take it back then.
        var isOnly = !_waiting.TryGetValue(record, out var planned);
        _waiting[record] = new Due(isOnly || at < planned!.At ? at : planned.At, isOnly && question?.Message.Truncated == true ? question.From : null);
    }

    private void Drop(Arrived known)
    {
        foreach (var record in known.Message.Answers)
        {
            if (_waiting.TryGetValue(record, out var due) && known.From.Equals(due.Asker))
            {
                _waiting.Remove(record);
            }
        }
    }

    // Section 6.7: a program that knows only unicast DNS wants its id and question back, short times, and no cache-flush bit.
    private void Tell(Arrived question, IReadOnlyList<DnsRecord> answers, AnnouncedRecords records, bool isLegacy)
    {
        Func<DnsRecord, DnsRecord> form = isLegacy ? static record => record with { Flush = false, Ttl = Math.Min(record.Ttl, MulticastGroup.LegacyTtl) } : static record => record;
        var reply = new DnsMessage
        {
            Id = isLegacy ? question.Message.Id : (ushort)0,
            IsResponse = true,
            Questions = isLegacy ? question.Message.Questions : [],
            Answers = [.. answers.Select(form)],
            Additionals = [.. records.Following([.. answers]).Select(form)],
        };
        send(link, reply, question.From);
    }

    private sealed record Due(TimeSpan At, IPEndPoint? Asker);
}
