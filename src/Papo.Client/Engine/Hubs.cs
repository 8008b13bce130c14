// Owns: which account is this space's hub, and which of its replicas serve now.
// Must never: take a second account for the hub once one is pinned.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The hub of a space as a member sees it (docs/PROTOCOL.md, Hubs).</summary>
internal sealed class Hubs(EngineContext context)
{
    /// <summary>A statement is repeated every ten minutes; one this old is of a replica whose will got lost. Milliseconds.</summary>
    private const long StaleMilliseconds = 30 * 60_000;

    private const int MaxReplicas = 64;
    private const string PinKey = "hub";
    private readonly Dictionary<DeviceId, (HubCard Card, long ReceivedAt)> _replicas = [];
    private AccountId? _hub;
    private bool _toldOther;

    /// <summary>The pinned account.</summary>
    public AccountId? Pinned => _hub ??= context.Store.Meta.Account(PinKey);

    /// <summary>
    /// Cards of replicas that serve. Each member has an order of its own, so that members spread over them and each stays with one.
    /// </summary>
    public IReadOnlyList<DeviceCard> Serving => [.. _replicas.Values
        .Where(replica => replica.Card.State == PresenceState.Online && IsOurs(replica.Card) && context.Now - replica.ReceivedAt < StaleMilliseconds)
        .Select(static replica => replica.Card.Card)
        .OrderBy(card => card.Device.Value ^ (context.Self?.Device.Value ?? 0))];

    /// <summary>What the serving hub calls itself, perhaps empty; null where none serves.</summary>
    public string? Title => _replicas.Values.FirstOrDefault(replica =>
        replica.Card.State == PresenceState.Online && IsOurs(replica.Card) && context.Now - replica.ReceivedAt < StaleMilliseconds).Card?.Title;

    /// <summary>
    /// Whether the time is over for which a hub keeps the text of an entry; then it is served without, and that is no loss. A hub knows its own time,
    /// a member the shortest of its hub's replicas.
    /// </summary>
    public bool HasExpired(Entry entry) => entry.Header.Kind is not (EntryKind.Card or EntryKind.Delete or EntryKind.Commit) && Retention is { } kept && entry.Header.Hlc.Milliseconds < context.Wall - kept;

    /// <summary>Whether this device is a hub, and of those that serve the one that writes down what guests say: the lowest.</summary>
    public bool IsKeeperOfGuests => context.Options.Hub is not null && Serving.All(card => card.Device > context.Self!.Device);

    /// <summary>The card of a replica of the pinned hub, serving or not; null for anybody else.</summary>
    public DeviceCard? Replica(DeviceId device) => _replicas.TryGetValue(device, out var replica) && IsOurs(replica.Card) ? replica.Card.Card : null;

    /// <summary>Which run of a replica its newest card is of; null where there is none.</summary>
    public long? SessionOf(DeviceId device) => _replicas.TryGetValue(device, out var replica) ? replica.Card.Session : null;

    /// <summary>A retained hub card came. True when it says of this very device that it does not serve.</summary>
    public bool Take(Self self, ParsedTopic topic, InboundMessage message)
    {
        context.AcknowledgeAfterCommit(message);
        if (!HubCard.TryRead(self.Space, message.Payload, out var card) || card.Card.Device != topic.Device)
        {
            return false;
        }

        if (card.Card.Device == self.Device)
        {
            return card.State != PresenceState.Online;
        }

        Take(topic.Device, card);
        return false;
    }

    private long? Retention => context.Options.Hub is { } own
        ? own.Retention is { } time ? (long)time.TotalMilliseconds : null
        : _replicas.Values.Where(replica => IsOurs(replica.Card)).Min(static replica => replica.Card.Retention);

    private void Take(DeviceId device, HubCard card)
    {
        var isKnown = _replicas.TryGetValue(device, out var seen);
        if ((isKnown && !card.Replaces(seen.Card)) || (!isKnown && _replicas.Count >= MaxReplicas))
        {
            return;
        }

        _replicas[device] = (card, context.Now);
        if (card.State == PresenceState.Online)
        {
            if (context.Options.Hub is null)
            {
                Pin(card);
            }

            Came(seen.Card?.State == PresenceState.Online && seen.Card.Session == card.Session, card);
        }
    }

    private void Pin(HubCard card)
    {
        if (Pinned is null)
        {
            _hub = card.Card.Account;
            context.Store.Meta.SetAccount(PinKey, card.Card.Account);
            context.Emit(new Noticed(new Notice(NoticeKind.HubFound, null, card.Title)));
        }
        else if (Pinned != card.Card.Account && !_toldOther)
        {
            _toldOther = true;
            context.Emit(new Noticed(new Notice(NoticeKind.HubDoubtful)));
        }
    }

    // It may have what nobody else had, and says what it has stored.
    private void Came(bool wasHere, HubCard card)
    {
        if (!wasHere && IsOurs(card) && context.IsUp)
        {
            context.Healing.PeerCame();
            context.Syncing.HubCame();
            context.Outbox.HeldCheck.PeerCame();
        }
    }

    // To a hub every other one is a peer that holds much; what it says of others is verified as from any peer.
    private bool IsOurs(HubCard card) => context.Options.Hub is not null || card.Card.Account == Pinned;
}
