// Owns: what this device says of itself: here, away, gone, in which rooms; and the will it leaves with the broker.
// Must never: let its own stale "gone" stand while it is here.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>This device's presence. One-shot commands have none.</summary>
internal sealed class OwnPresence
{
    private const long RefreshMilliseconds = 10 * 60_000;
    private const uint ExpirySeconds = 30 * 60;
    private const long GreetEvery = 5_000;
    private readonly EngineContext _context;
    private readonly long _session;
    private long _since;
    private long _at;
    private long _saidAt = long.MinValue / 2;
    private bool _away;
    private string _status = "";

    public OwnPresence(EngineContext context, long session)
    {
        _context = context;
        _session = session;
        _since = context.Wall;
    }

    /// <summary>When to refresh.</summary>
    public long NextAt { get; private set; } = long.MaxValue;

    /// <summary>The number of a new run: rises over restarts even if the wall clock was set back.</summary>
    public static long NextSession(Store.SpaceStore store, long wall)
    {
        var session = Math.Max(wall, store.Meta.Number("session") + 1);
        store.Meta.SetNumber("session", session);
        return session;
    }

    /// <summary>The will for a connection: "lost", signed beforehand.</summary>
    public static PublishMessage? Will(ChatOptions options, Topics topics, Self self, long session, long wall) => options.OneShot
        ? null
        : options.Hub is null
            ? Statement(topics, self, new Presence { Card = self.Card, Session = session, State = PresenceState.Lost, Since = wall, At = wall })
            : Statement(topics, self, new HubCard { Card = self.Card, Session = session, State = PresenceState.Lost, At = wall, Retention = Milliseconds(options.Hub.Retention) });

    public void Say(bool away, string status)
    {
        if (away != _away)
        {
            _since = _context.Wall;
        }

        (_away, _status) = (away, status);
        Publish();
    }

    /// <summary>Says it again: something of it changed, or it is time.</summary>
    public void Publish()
    {
        if (!_context.IsUp || _context.Options.OneShot)
        {
            return;
        }

        _saidAt = _context.Now;
        NextAt = _saidAt + (long)(RefreshMilliseconds * (0.8 + (0.4 * _context.Chance())));
        _context.Publish(Message(_away ? PresenceState.Away : PresenceState.Online), null);
    }

    /// <summary>The goodbye of an orderly end, or null where there is nothing to say.</summary>
    public PublishMessage? Goodbye() => _context.Options.OneShot || _context.Self is null ? null : Message(PresenceState.Offline);

    public void Tick(long now)
    {
        if (now >= NextAt)
        {
            Publish();
        }
    }

    /// <summary>
    /// Somebody has just come. A hub says that it is here: the node of a cluster to which he came may keep only what was retained on it. Members leave
    /// it to their hub; else a thousand would greet each newcomer.
    /// </summary>
    public void Greet()
    {
        if (_context.Options.Hub is not null && _context.IsUp)
        {
            NextAt = Math.Min(NextAt, Math.Max(_context.Now, _saidAt + GreetEvery));
        }
    }

    /// <summary>A presence of this very device came back from the broker.</summary>
    public void Heard(Presence presence)
    {
        if (presence.State is PresenceState.Lost or PresenceState.Offline && _context.IsUp && presence.Session <= _session)
        {
            Publish();
        }
    }

    private PublishMessage Message(PresenceState state)
    {
        var self = _context.Self!;
        _at = Math.Max(_context.Wall, _at + 1);
        if (_context.Options.Hub is { } hub)
        {
            return Statement(_context.Topics, self, new HubCard { Card = self.Card, Session = _session, State = state, At = _at, Title = hub.Title, Retention = Milliseconds(hub.Retention) });
        }

        return Statement(_context.Topics, self, new Presence
        {
            Card = self.Card,
            Session = _session,
            List = _context.DeviceLists.Of(self.Account) is { Removed.Count: > 0 } list ? list.Bytes : default,
            State = state,
            Since = state == PresenceState.Offline ? _at : _since,
            At = _at,
            Status = _status,
            Rooms = [.. _context.Rooms.Joined.Select(static room => room.Room).Where(static room => !room.IsPrivate).Take(Limits.PresenceRooms)],
        });
    }

    private static long? Milliseconds(TimeSpan? span) => span is { } time ? (long)time.TotalMilliseconds : null;

    private static PublishMessage Statement(Topics topics, Self self, Presence said) => Retained(topics.Presence(self.Account, self.Device), said.Sign(self.Space, self.DeviceKey));

    private static PublishMessage Statement(Topics topics, Self self, HubCard said) => Retained(topics.Hub(self.Device), said.Sign(self.Space, self.DeviceKey));

    private static PublishMessage Retained(string topic, byte[] bytes) => new(topic, bytes) { Qos = 0, Retain = true, MessageExpirySeconds = ExpirySeconds };
}
