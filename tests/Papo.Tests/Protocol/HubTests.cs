// Owns: the tests of what hubs say: their card, and that something is stored.
// Must never: believe a note for another author, of another replica, or in another space.
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class HubTests
{
    private static readonly HubCard Serving = new() { Card = Cast.Ana.Card, Session = 3, State = PresenceState.Online, At = Cast.Now, Title = "Casa 🏠", Retention = 7_776_000_000 };
    private static readonly StoredNote Note = new(Cast.Ana.Device, [(Room.General, [new StoredPlace(1, new EntryId(7))]), (Cast.Kitchen, [])]);

    [Fact]
    public void A_hub_card_survives_its_bytes()
    {
        Assert.True(HubCard.TryRead(Cast.Home, Serving.Sign(Cast.Home, Cast.Ana.DeviceKeys), out var read));
        Assert.Equal((3L, PresenceState.Online, Cast.Now, "Casa 🏠", Cast.Ana.Device), (read.Session, read.State, read.At, read.Title, read.Card.Device));
        Assert.Equal(7_776_000_000, read.Retention);
        Assert.True(HubCard.TryRead(Cast.Home, (Serving with { Retention = null }).Sign(Cast.Home, Cast.Ana.DeviceKeys), out var forGood));
        Assert.Null(forGood.Retention);
    }

    [Fact]
    public void A_hub_card_with_any_bit_flipped_is_refused()
    {
        var bytes = Serving.Sign(Cast.Home, Cast.Ana.DeviceKeys);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            Assert.False(HubCard.TryRead(Cast.Home, Cast.Flip(bytes, bit), out _), $"bit {bit}");
        }
    }

    [Fact]
    public void A_hub_card_of_another_space_or_signer_or_with_a_title_too_long_is_refused()
    {
        Assert.False(HubCard.TryRead(Cast.Work, Serving.Sign(Cast.Home, Cast.Ana.DeviceKeys), out _));
        Assert.False(HubCard.TryRead(Cast.Home, Serving.Sign(Cast.Home, Cast.Bia.DeviceKeys), out _));
        Assert.False(HubCard.TryRead(Cast.Home, (Serving with { Title = new string('x', 81) }).Sign(Cast.Home, Cast.Ana.DeviceKeys), out _));
        Assert.False(HubCard.TryRead(Cast.Home, (Serving with { State = PresenceState.Away }).Sign(Cast.Home, Cast.Ana.DeviceKeys), out _));
    }

    [Theory]
    [InlineData(4, PresenceState.Offline, -1, true)]
    [InlineData(3, PresenceState.Offline, 1, true)]
    [InlineData(3, PresenceState.Lost, -1, true)]
    [InlineData(3, PresenceState.Online, 0, false)]
    [InlineData(2, PresenceState.Online, 1, false)]
    public void The_later_session_counts_and_within_one_the_later_statement(long session, PresenceState state, long later, bool replaces) =>
        Assert.Equal(replaces, (Serving with { Session = session, State = state, At = Cast.Now + later }).Replaces(Serving));

    [Fact]
    public void A_note_is_believed_only_of_its_replica_for_its_author()
    {
        Assert.True(SignedContent.TrySplit(Note.Sign(Cast.Home, Cast.Bia.Device, Cast.Ana.DeviceKeys), out var split));
        Assert.Equal(InboxKind.Stored, InboxMessage.Peek(split));
        Assert.True(StoredNote.TryRead(split, out var read));
        Assert.Equal([new StoredPlace(1, new EntryId(7))], read.Rooms[0].Places);
        Assert.Equal(Cast.Kitchen, read.Rooms[1].Room);
        Assert.True(read.IsSignedBy(Cast.Ana.Card, Cast.Home, Cast.Bia.Device, split));
        Assert.False(read.IsSignedBy(Cast.Bia.Card, Cast.Home, Cast.Bia.Device, split));
        Assert.False(read.IsSignedBy(Cast.Ana.Card, Cast.Work, Cast.Bia.Device, split));
        Assert.False(read.IsSignedBy(Cast.Ana.Card, Cast.Home, Cast.Caio.Device, split));
    }

    [Fact]
    public void A_note_cut_short_or_changed_is_refused()
    {
        var bytes = Note.Sign(Cast.Home, Cast.Bia.Device, Cast.Ana.DeviceKeys);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            Assert.False(
                SignedContent.TrySplit(Cast.Flip(bytes, bit), out var split) && StoredNote.TryRead(split, out var read) && read.IsSignedBy(Cast.Ana.Card, Cast.Home, Cast.Bia.Device, split), $"bit {bit}");
        }
    }

    [Fact]
    public void The_topic_of_a_replica_is_taken_apart_again()
    {
        Topics.TryMake("chat", out var topics);
        Assert.Equal(new ParsedTopic(TopicKind.Hub, null, default, Cast.Ana.Device), topics.Parse(topics.Hub(Cast.Ana.Device)));
        Assert.Equal(TopicKind.Unknown, topics.Parse("chat/_hub/x").Kind);
        Assert.Equal(TopicKind.Unknown, topics.Parse(topics.Hub(Cast.Ana.Device).ToUpperInvariant()).Kind);
    }
}
