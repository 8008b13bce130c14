// Owns: an author without a client: a key, a card, and the last entry of each of the logs.
// Must never: publish.
using System.Text;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>Signs entries one after the other.</summary>
internal sealed class SignedPerson
{
    private readonly SpaceId _space;
    private readonly KeyPair _key = KeyPair.Generate();
    private readonly Dictionary<Room, Entry> _last = [];
    private readonly DeviceCard _card;

    public SignedPerson(SpaceId space, string name, long madeAt)
    {
        _space = space;
        DisplayName.TryParse(name, out var display);
        _card = DeviceCard.Make(space, KeyPair.Generate(), _key, display!, madeAt);
    }

    /// <summary>Entry 0 of this author's log of a room; null when it was made before.</summary>
    public Entry? Begin(Room room, long at) => _last.ContainsKey(room) ? null : _last[room] = Sign(room, EntryKind.Card, 0, default, _card.Bytes, at - 1, EntryExtension.None);

    /// <summary>The next entry of a log that was begun.</summary>
    public Entry Say(Room room, string text, long at, EntryId? about = null, EntryKind kind = EntryKind.Text)
    {
        var last = _last[room];
        var extension = about is null ? EntryExtension.None : new EntryExtension { Target = about };
        return _last[room] = Sign(room, kind, last.Header.Seq + 1, last.Id, Encoding.UTF8.GetBytes(text), at, extension);
    }

    private Entry Sign(Room room, EntryKind kind, long seq, EntryId back, ReadOnlyMemory<byte> body, long at, EntryExtension extension) => Entry.Sign(
        _space, room, new EntryHeader { Kind = kind, Account = _card.Account, Device = _card.Device, Seq = seq, Back = back, Hlc = Hlc.At(at), Extension = extension }, body, _key);
}
