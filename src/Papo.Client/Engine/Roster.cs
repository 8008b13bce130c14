// Owns: who is who and who is here: device cards, pinned names, presences.
// Must never: believe a name without the key it is pinned to, or an older session of a device.
using System.Diagnostics.CodeAnalysis;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>People as this device knows them.</summary>
internal sealed class Roster
{
    /// <summary>How long a broken connection may take to come back before its owner is shown as gone, in milliseconds.</summary>
    public const long LostGraceMilliseconds = 15_000;

    /// <summary>A presence that was not refreshed for this long is stale: brokers differ in expiry, so the timestamp decides. Milliseconds.</summary>
    public const long StaleMilliseconds = 35 * 60_000;

    private const int SuffixLength = 4;
    private const int MaxPresences = 20_000;
    private const int MaxCallers = 256;
    private const long CallerMilliseconds = 60_000;
    private readonly EngineContext _context;
    private readonly Dictionary<DeviceId, DeviceCard> _cards = [];
    private readonly Dictionary<UInt128, DeviceCard> _byBytes = [];
    private readonly Dictionary<AccountId, DeviceCard> _names = [];
    private readonly Dictionary<string, AccountId> _pins = [];
    private readonly Dictionary<DeviceId, Seen> _presences = [];
    private readonly Dictionary<AccountId, bool> _shownOnline = [];
    private readonly HashSet<(AccountId Account, string Name)> _warned = [];
    private readonly Dictionary<DeviceId, (DeviceCard Card, long Until)> _callers = [];

    public Roster(EngineContext context) => _context = context;

    // Live: it came when it was said, so that its age is known whatever the other clock shows.
    private sealed record Seen(Presence Presence, long ReceivedAt, bool Live)
    {
        // The statement that was replaced by "lost": its owner is shown as here until the grace has passed.
        public bool CountsAsHere(long now, long wall) => Presence.State switch
        {
            PresenceState.Offline => false,
            PresenceState.Lost => now - ReceivedAt < LostGraceMilliseconds,
            _ => (Live ? now - ReceivedAt : wall - Presence.At) < StaleMilliseconds,
        };

        /// <summary>When something else of this device came that it signed; a clock that is wrong by an hour makes nobody deaf.</summary>
        public long HeardAt { get; init; } = long.MinValue / 2;

        // Anybody can say an old beacon again: that is enough for a question, not for showing somebody as here.
        public bool IsWorthAsking(long now, long wall) =>
            Presence.State is PresenceState.Online or PresenceState.Away && (CountsAsHere(now, wall) || now - HeardAt < StaleMilliseconds);
    }

    /// <summary>Told after the retained presences have come; before, people are not news.</summary>
    public bool TellsNews { get; set; }

    /// <summary>When a lost device may have to be shown as gone.</summary>
    public long NextAt { get; private set; } = long.MaxValue;

    /// <summary>Reads the cards of the store, once the space is known.</summary>
    public void Load(SpaceId space)
    {
        foreach (var bytes in _context.Store.People.Cards())
        {
            if (DeviceCard.TryRead(space, bytes, out var card))
            {
                Remember(card);
            }
        }

        // After the cards: another process may learn one meanwhile, and whoever has that without its pin would take its bearer for somebody else.
        foreach (var (name, account) in _context.Store.People.Pins())
        {
            _pins[name] = account;
        }
    }

    public bool TryCard(DeviceId device, [NotNullWhen(true)] out DeviceCard? card) => _cards.TryGetValue(device, out card);

    /// <summary>The card with exactly these bytes, verified before; null when it has to be verified.</summary>
    public DeviceCard? Known(ReadOnlyMemory<byte> bytes) => _byBytes.GetValueOrDefault(Fingerprint(bytes)) ?? _context.Options.KnownCard?.Invoke(bytes);

    /// <summary>Learns a verified card: keeps it, pins its name if that is free, warns when it is not.</summary>
    public void Learn(DeviceCard card)
    {
        if (_cards.TryGetValue(card.Device, out var known) && known.MadeAt >= card.MadeAt)
        {
            return;
        }

        Remember(card);
        _context.Store.People.Keep(card);
        var nameKey = card.Name.Key;
        if (!_pins.ContainsKey(nameKey))
        {
            _pins[nameKey] = _context.Store.People.Pin(nameKey, card.Account, _context.Wall);
        }

        if (OwnerOf(nameKey) is { } meant && meant != card.Account && _warned.Add((card.Account, nameKey)))
        {
            var kind = _context.Trusted.IsContested(card.Account) ? NoticeKind.VerifiedNameTaken : IsOnline(meant) ? NoticeKind.NameClash : NoticeKind.KeyChanged;
            _context.Emit(new Noticed(new Notice(kind, null, NameOf(card.Account))));
        }
    }

    public bool IsPinned(AccountId account) => _names.TryGetValue(account, out var card) && OwnerOf(card.Name.Key) == account;

    /// <summary>Everybody who bears a name that means somebody else.</summary>
    public IEnumerable<(AccountId Account, string Name, AccountId Owner)> Namesakes()
    {
        foreach (var (account, card) in _names)
        {
            var name = card.Name.Key;
            if (OwnerOf(name) is { } owner && owner != account)
            {
                yield return (account, name, owner);
            }
        }
    }

    /// <summary>How an account is shown: its name alone where the name is pinned to it, else with a suffix of its id.</summary>
    public string NameOf(AccountId account)
    {
        if (!_names.TryGetValue(account, out var card))
        {
            return account.ToString()[..8];
        }

        return IsPinned(account) ? card.Name.Text : $"{card.Name.Text}·{account.ToString()[..SuffixLength]}";
    }

    public Author AuthorOf(AccountId account, DeviceId? device) => new(
        NameOf(account), account, device, !_names.ContainsKey(account) ? Trust.Unknown : device is { } id && IsRemoved(id) ? Trust.Removed : _context.Trusted.IsVerified(account) ? Trust.Verified : IsPinned(account) ? Trust.Signed : Trust.Changed);

    /// <summary>Whether a device's account has removed the copy it is of.</summary>
    public bool IsRemoved(DeviceId device) => _cards.TryGetValue(device, out var card) && _context.DeviceLists.IsRemoved(card);

    /// <summary>The linked copy that a device is of by its card; null where it is of none, or its card is not known.</summary>
    public CopyId? CopyOf(DeviceId device) => TryCard(device, out var card) ? card.Copy : null;

    /// <summary>The newest card of an account.</summary>
    public bool TryCard(AccountId account, [NotNullWhen(true)] out DeviceCard? card) => _names.TryGetValue(account, out card);

    /// <summary>
    /// The account that <c>@name</c> means: the one verified under it, else the one it is pinned to; with a suffix, the only one of that name whose id begins so.
    /// A suffix is short enough to be made on purpose: where it fits two, it means nobody, and more of the id tells them apart.
    /// </summary>
    public AccountId? ByName(string name)
    {
        if (name.LastIndexOf('·') is > 0 and var dot)
        {
            return BySuffix(name[..dot], name[(dot + 1)..].ToLowerInvariant());
        }

        return DisplayName.TryParse(name, out var parsed) == NameProblem.None ? OwnerOf(parsed!.Key) : null;
    }

    private AccountId? BySuffix(string name, string suffix)
    {
        if (suffix.Length < SuffixLength || DisplayName.TryParse(name, out var parsed) != NameProblem.None)
        {
            return null;
        }

        var key = parsed!.Key;
        var meant = _names.Where(pair => pair.Key.ToString().StartsWith(suffix, StringComparison.Ordinal) && pair.Value.Name.Key == key).Take(2).ToList();
        return meant is [var only] ? only.Key : null;
    }

    private AccountId? OwnerOf(string nameKey) => _context.Trusted.OwnerOf(nameKey, _pins.TryGetValue(nameKey, out var pinned) ? pinned : null);

    /// <summary>Takes a verified presence; live unless the broker had kept it.</summary>
    public void Take(Presence presence, bool live)
    {
        var device = presence.Card.Device;
        if ((_presences.TryGetValue(device, out var seen) && !presence.Replaces(seen.Presence)) || (seen is null && _presences.Count >= MaxPresences))
        {
            return;
        }

        Learn(presence.Card);
        _presences[device] = new Seen(presence, _context.Now, live) { HeardAt = seen?.HeardAt ?? long.MinValue / 2 };
        if (presence.State == PresenceState.Lost)
        {
            NextAt = Math.Min(NextAt, _context.Now + LostGraceMilliseconds);
        }

        Tell(presence.Card.Account, seen is not null && IsNews(seen.Presence, presence));
    }

    /// <summary>Shows as gone who has been lost for too long.</summary>
    public void Tick(long now)
    {
        if (now < NextAt)
        {
            return;
        }

        NextAt = long.MaxValue;
        foreach (var seen in _presences.Values.Where(static seen => seen.Presence.State == PresenceState.Lost).ToList())
        {
            if (now - seen.ReceivedAt < LostGraceMilliseconds)
            {
                NextAt = Math.Min(NextAt, seen.ReceivedAt + LostGraceMilliseconds);
            }

            Tell(seen.Presence.Card.Account, false);
        }
    }

    /// <summary>Which run of a device its newest statement is of; null where there is none.</summary>
    public long? SessionOf(DeviceId device) => _presences.TryGetValue(device, out var seen) ? seen.Presence.Session : null;

    public bool IsOnline(AccountId account) => DevicesHere().Any(seen => seen.Presence.Card.Account == account);

    /// <summary>Whether this very device is here and its connection is not known to be broken: worth asking.</summary>
    public bool IsReachable(DeviceId device) => _presences.TryGetValue(device, out var seen) && seen.IsWorthAsking(_context.Now, _context.Wall);

    /// <summary>A device said something just now, whatever its clock shows; true where it was not thought to be here.</summary>
    public bool Heard(DeviceId device)
    {
        if (!_presences.TryGetValue(device, out var seen))
        {
            return false;
        }

        var wasReachable = IsReachable(device);
        _presences[device] = seen with { HeardAt = _context.Now };
        return !wasReachable && IsReachable(device);
    }

    /// <summary>The rooms a device says it is in.</summary>
    public IReadOnlyList<Room> RoomsOf(DeviceId device) => _presences.TryGetValue(device, out var seen) ? seen.Presence.Rooms : [];

    /// <summary>Cards of devices, this one not, that can be asked about a room: the hub first, then other accounts.</summary>
    public IReadOnlyList<DeviceCard> Reachable(Room room) => [.. _context.Hubs.Serving, .. Members(room), .. Callers(room)];

    /// <summary>The same without hubs.</summary>
    private IEnumerable<DeviceCard> Members(Room room)
    {
        var self = _context.Self;
        return _presences.Values
            .Where(seen => seen.IsWorthAsking(_context.Now, _context.Wall) && !IsRemoved(seen.Presence.Card.Device) && seen.Presence.Card.Device != self?.Device && IsIn(seen.Presence, room))
            .Select(static seen => seen.Presence.Card)
            .OrderBy(card => card.Account == self?.Account)
            .ThenBy(card => card.Device.Value ^ (self?.Device.Value ?? 0)); // each in an order of its own: many who come at once do not all ask the same
    }

    // Presence names no private rooms: who is in one is known by its commits.
    private bool IsIn(Presence presence, Room room) => room.IsPrivate ? IsMember(room, presence.Card.Account) : presence.Rooms.Contains(room);

    private bool IsMember(Room room, AccountId account) =>
        _context.Rooms.TryGet(room, out var state) && _context.Epochs.Of(state)?.IsMember(account, _context.Self!.Account) == true;

    /// <summary>A device that may have no presence, a command that comes and goes, wrote to this one: for a while it can be asked.</summary>
    public void Called(DeviceCard card)
    {
        if (_callers.Count < MaxCallers || _callers.ContainsKey(card.Device))
        {
            _callers[card.Device] = (card, _context.Now + CallerMilliseconds);
        }
    }

    private IEnumerable<DeviceCard> Callers(Room room)
    {
        foreach (var gone in _callers.Where(pair => pair.Value.Until < _context.Now).Select(static pair => pair.Key).ToList())
        {
            _callers.Remove(gone);
        }

        return !room.IsPrivate || !_context.Rooms.TryGet(room, out var state) ? [] : _callers.Values.Select(static caller => caller.Card)
            .Where(card => !IsReachable(card.Device) && _context.Epochs.Of(state)?.IsMember(card.Account, _context.Self!.Account) == true);
    }

    /// <summary>Devices of an account, the newest cards first.</summary>
    public IEnumerable<DeviceCard> DevicesOf(AccountId account) => _cards.Values.Where(card => card.Account == account).OrderByDescending(static card => card.MadeAt);

    /// <summary>Devices of an account that can be asked now.</summary>
    public IReadOnlyList<DeviceCard> ReachableOf(AccountId account) =>
        [.. DevicesOf(account).Where(card => card.Device != _context.Self?.Device && IsReachable(card.Device) && !IsRemoved(card.Device))];

    /// <summary>Accounts other than this one that are in a room now.</summary>
    public int OthersIn(Room room) => Members(room).Where(card => card.Account != _context.Self?.Account).Select(static card => card.Account).Distinct().Count();

    /// <summary>Everybody a presence is known of; online ones first, then by name.</summary>
    public IReadOnlyList<Person> People(Room? room) => [.. _presences.Values
        .GroupBy(static seen => seen.Presence.Card.Account)
        .Select(group => PersonOf(group.Key))
        .Where(person => room is null || person.Rooms.Contains(room) || (room.IsPrivate && IsMember(room, person.Who.Account!.Value)))
        .OrderByDescending(static person => person.Online).ThenBy(static person => person.Who.Name, StringComparer.Ordinal)];

    public Person PersonOf(AccountId account)
    {
        var all = _presences.Values.Where(seen => seen.Presence.Card.Account == account).ToList();
        var here = all.Where(seen => seen.CountsAsHere(_context.Now, _context.Wall)).ToList();
        var speaking = (here.Count > 0 ? here : all).OrderByDescending(static seen => seen.Presence.At).FirstOrDefault()?.Presence;
        return new Person(
            AuthorOf(account, null),
            here.Count > 0,
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(speaking?.Since ?? 0, 0, 253_402_300_799_999)),
            speaking?.Status ?? "",
            here.Count > 0 && here.All(static seen => seen.Presence.State == PresenceState.Away),
            here.Count,
            [.. here.SelectMany(static seen => seen.Presence.Rooms).DistinctBy(static room => room.Name).OrderBy(static room => room.Name, StringComparer.Ordinal)],
            account == _context.Self?.Account);
    }

    private static bool IsNews(Presence before, Presence now) =>
        before.State != now.State || before.Status != now.Status || before.Card.Name != now.Card.Name || !before.Rooms.SequenceEqual(now.Rooms);

    private IEnumerable<Seen> DevicesHere() => _presences.Values.Where(seen => seen.CountsAsHere(_context.Now, _context.Wall) && !IsRemoved(seen.Presence.Card.Device));

    private void Tell(AccountId account, bool updated)
    {
        var online = IsOnline(account);
        var was = _shownOnline.GetValueOrDefault(account);
        _shownOnline[account] = online;
        if (!TellsNews || account == _context.Self?.Account)
        {
            return;
        }

        if (online != was)
        {
            _context.Emit(new PersonChanged(PersonOf(account), online ? PersonEvent.Came : PersonEvent.Left));
        }
        else if (updated && online)
        {
            _context.Emit(new PersonChanged(PersonOf(account), PersonEvent.Updated));
        }
    }

    private static UInt128 Fingerprint(ReadOnlyMemory<byte> bytes) => Hashing.First16(System.Security.Cryptography.SHA256.HashData(bytes.Span));

    private void Remember(DeviceCard card)
    {
        if (_cards.TryGetValue(card.Device, out var replaced))
        {
            _byBytes.Remove(Fingerprint(replaced.Bytes));
        }

        _cards[card.Device] = card;
        _byBytes[Fingerprint(card.Bytes)] = card;
        if (!_names.TryGetValue(card.Account, out var named) || card.MadeAt >= named.MadeAt)
        {
            _names[card.Account] = card;
            _context.Trusted.NamesChanged();
        }
    }
}
