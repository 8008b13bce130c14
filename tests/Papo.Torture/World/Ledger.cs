// Owns: what was said in a world, by whom, and what was promised of it.
// Must never: believe that something was said because a store holds it.
using Papo.Protocol;
using Papo.Torture.Actors;
using Papo.Torture.Plan;

namespace Papo.Torture.World;

/// <summary>Something that somebody was told to say, at this computer of his. Taken: he had a receipt for it, so it must come out; else it may.</summary>
internal sealed record Utterance(string Who, string Room, EntryKind Kind, string Text, EntryId? Target)
{
    /// <summary>Under whose name it stands.</summary>
    public string Author => WorldPlan.PersonOf(Who);

    /// <summary>Its author's second computer was off by then, and this one had said so.</summary>
    public bool IsAfterRemoval { get; set; }

    public bool WasTaken { get; set; }

    public bool WasRefused { get; set; }

    public long? Number { get; set; }
}

/// <summary>Written by all that listen to the processes, read by the oracle.</summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly List<Utterance> _said = [];
    private readonly Dictionary<(string Who, long Number), EntryId> _ids = [];
    private readonly Dictionary<EntryId, (string Who, long Number)> _numbers = [];
    private readonly HashSet<(string Who, EntryId Id)> _held = [];
    private readonly HashSet<string> _guests = [];
    private readonly HashSet<string> _removed = [];
    private readonly Dictionary<string, string> _names = [];

    public int Count => Read(_ => _said.Count);

    public IReadOnlyList<Utterance> All => Read(_ => _said.ToList());

    public IReadOnlyCollection<string> Guests => Read(_ => _guests.ToList());

    /// <summary>What authors were told to be held (<c>✓✓</c>).</summary>
    public IReadOnlyList<(string Who, EntryId Id)> Held => Read(_ => _held.ToList());

    /// <summary>Who was told that his second computer is off his account.</summary>
    public IReadOnlySet<string> WithRemoved => Read(_ => _removed.ToHashSet());

    /// <summary>What people were told their second computers to be called.</summary>
    public IReadOnlyDictionary<string, string> CopyNames => Read(_ => _names.ToDictionary());

    public void Removed(string who) => Read(_ => _removed.Add(who));

    public void Named(string who, string name) => Read(_ => _names[who] = name);

    public void Say(Utterance utterance) => Read(_ =>
    {
        _said.Add(utterance);
        return 0;
    });

    public void SayAsGuest(string text) => Read(_ => _guests.Add(text));

    public void Answered(Utterance utterance, Told? answer) => Read(_ =>
    {
        utterance.WasTaken = answer?.Number is not null;
        utterance.WasRefused = answer is { Number: null };
        utterance.Number = answer?.Number;
        return 0;
    });

    /// <summary>A line of a member's process. True for a new "held".</summary>
    public bool Heard(string who, Told told) => Read(_ =>
    {
        if (told.Number is not { } number || !EntryId.TryParse(told.Id, out var id) || told.What is not ("state" or "arrived"))
        {
            return false;
        }

        _numbers[id] = (who, number);
        if (told.What == "state" || !_ids.ContainsKey((who, number)))
        {
            _ids[(who, number)] = id;
        }

        return told.State == "Held" && _held.Add((who, id));
    });

    /// <summary>The id under which something went out, as far as it was told.</summary>
    public EntryId? IdOf(Utterance utterance) => Read<EntryId?>(_ => utterance.Number is { } number && _ids.TryGetValue((utterance.Who, number), out var id) ? id : null);

    /// <summary>The id that something has by now: what nobody held when its author followed another space, or became another device, went out again under a new one.</summary>
    public EntryId? Now(EntryId? id) => Read(_ => id is { } known && _numbers.TryGetValue(known, out var said) && _ids.TryGetValue(said, out var now) ? now : id);

    /// <summary>What was said under an id, now or before.</summary>
    public Utterance? Under(EntryId id) => Read(_ => _numbers.TryGetValue(id, out var at) ? _said.Find(said => said.Who == at.Who && said.Number == at.Number) : null);

    /// <summary>All ids that something ever had.</summary>
    public IReadOnlyList<EntryId> IdsOf(Utterance utterance) => Read<IReadOnlyList<EntryId>>(_ => [.. _numbers.Where(pair => pair.Value == (utterance.Who, utterance.Number)).Select(static pair => pair.Key)]);

    /// <summary>What could be amended: messages of a room whose ids are known.</summary>
    public IReadOnlyList<EntryId> Targets(string room, string? by) => Read<IReadOnlyList<EntryId>>(_ =>
        [.. _said.Where(said => said.Room == room && said.Kind == EntryKind.Text && (by is null || said.Author == by)).Select(said => said.Number is { } number && _ids.TryGetValue((said.Who, number), out var id) ? id : default).Where(static id => id != default)]);

    private T Read<T>(Func<Ledger, T> read)
    {
        lock (_gate)
        {
            return read(this);
        }
    }
}
