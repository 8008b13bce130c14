// Owns: what sealed entries, commits, lists and invites keep out: strangers, changes, other places.
// Must never: look at the graph of commits; that has tests of its own.
using Papo.Protocol;

namespace Papo.Tests.Protocol.PrivateRooms;

public sealed class SealedEntryTests
{
    private static readonly Room Room = Sealed.AnaAndBia;
    private static readonly Entry Birth = Cast.CardEntry(Cast.Ana, Room);
    private static readonly EpochSecret Secret = Sealed.Secret(Room, "first");
    private static readonly Entry First = Sealed.Entry(Room, Cast.Ana, Sealed.Commit(Room, Cast.Ana, Secret, [Cast.Ana, Cast.Bia], []));
    private static readonly Entry Said = Sealed.Said(Room, Cast.Ana, "só para ti", Secret, First, First, new EntryExtension { Target = Birth.Id, Mentions = [Cast.Bia.Account], IsAction = true });

    [Fact]
    public void A_member_opens_the_secret_of_a_commit_and_with_it_what_was_said()
    {
        var secret = Sealed.Unwrap(First, Cast.Bia);
        Assert.NotNull(secret);
        var content = SealedContent.Open(secret.MessageKey(First.Id, Cast.Ana.Device), Said);
        Assert.NotNull(content);
        Assert.Equal("só para ti", System.Text.Encoding.UTF8.GetString(content.Body.Span));
        Assert.Equal(new EntryExtension { Target = Birth.Id, Mentions = [Cast.Bia.Account], IsAction = true }, content.Extension);
        Assert.Null(Sealed.Unwrap(First, Cast.Caio));
    }

    [Fact]
    public void The_wire_form_holds_neither_text_nor_target_nor_mention()
    {
        var wire = PackedEntry.Encode(Said);
        Assert.Equal(-1, wire.AsSpan().IndexOf(Cast.Utf8("só para ti")));
        Assert.Equal(-1, wire.AsSpan().IndexOf(Birth.Id.ToBytes()));
        Assert.Equal(-1, wire.AsSpan().IndexOf(Cast.Bia.Account.ToBytes().AsSpan()));
        Assert.True(PackedEntry.TryRead(Cast.Home, Room, wire, out var read));
        Assert.True(read.Verifies(Cast.Home, Cast.Ana.Card));
        Assert.Equal(Said.Id, read.Id);
    }

    [Fact]
    public void An_entry_is_supported_only_when_it_was_opened_and_unsealed_words_in_a_private_room_never_are()
    {
        Assert.True(Said.IsSealed);
        Assert.False(Said.IsSupported);
        Assert.Null(Said.Said);
        var opened = Said.Open(Cast.Home, SealedContent.Open(Secret.MessageKey(First.Id, Cast.Ana.Device), Said)!);
        Assert.True(opened.IsSupported);
        Assert.Equal(Said.Id, opened.Id);
        Assert.Equal("só para ti", System.Text.Encoding.UTF8.GetString(opened.Said!.Value.Span));
        var plain = Entry.Sign(Cast.Home, Room, Cast.Header(Cast.Ana, EntryKind.Text, 2, First.Id), Cast.Utf8("aberto"), Cast.Ana.DeviceKeys);
        Assert.False(plain.IsSupported);
        Assert.False(plain.IsSealed);
    }

    [Fact]
    public void No_flipped_bit_of_a_sealed_entry_verifies_or_opens()
    {
        var wire = PackedEntry.Encode(Said);
        var key = Secret.MessageKey(First.Id, Cast.Ana.Device);
        for (var bit = 0; bit < wire.Length * 8; bit++)
        {
            if (PackedEntry.TryRead(Cast.Home, Room, Cast.Flip(wire, bit), out var spoilt))
            {
                Assert.False(spoilt.Verifies(Cast.Home, Cast.Ana.Card));
                Assert.True(spoilt.Signature.Span.SequenceEqual(Said.Signature.Span) ? SealedContent.Open(key, spoilt) is null : true);
            }
        }

        for (var length = 0; length < wire.Length; length++)
        {
            Assert.False(PackedEntry.TryRead(Cast.Home, Room, wire.AsMemory(0, length), out _));
        }
    }

    [Fact]
    public void What_was_sealed_opens_in_no_other_room_space_epoch_or_under_another_author()
    {
        var other = Sealed.Den.Room;
        Assert.False(Entry.TryRead(Cast.Home, other, Said.HeaderBytes, Said.Signature, Said.Body!.Value, out var moved) && moved.Verifies(Cast.Home, Cast.Ana.Card));
        Assert.Null(SealedContent.Open(Sealed.Secret(other, "first").MessageKey(First.Id, Cast.Ana.Device), Said));
        Assert.Null(SealedContent.Open(Secret.MessageKey(Said.Id, Cast.Ana.Device), Said));
        Assert.Null(SealedContent.Open(Secret.MessageKey(First.Id, Cast.Bia.Device), Said));
        Assert.True(EpochSecret.TryRead(Cast.Work, Room, Secret.Bytes.Span, out var elsewhere));
        Assert.Null(SealedContent.Open(elsewhere.MessageKey(First.Id, Cast.Ana.Device), Said));
    }

    [Fact]
    public void A_member_who_knows_the_secret_cannot_pass_for_another()
    {
        var header = Cast.Header(Cast.Ana, EntryKind.Text, 2, First.Id) with { Epoch = CommitNode.EpochOf(First.Id) };
        var body = new SealedContent(EntryExtension.None, Cast.Utf8("sou a ana")).Seal(Secret.MessageKey(First.Id, Cast.Ana.Device), header, Sealed.Bytes("n", 12));
        var forged = Entry.Sign(Cast.Home, Room, header, body, Cast.Bia.DeviceKeys);
        Assert.False(forged.Verifies(Cast.Home, Cast.Ana.Card));
        Assert.False(forged.Verifies(Cast.Home, Cast.Bia.Card));
    }

    [Fact]
    public void A_wrap_opens_only_for_the_commit_author_room_and_parents_it_was_made_for()
    {
        var commit = Sealed.Read(First);
        var wrap = commit.Wraps.First(wrap => wrap.Account == Cast.Bia.Account);
        var prekey = Sealed.PrekeyOf(Cast.Bia);
        Assert.NotNull(commit.Unwrap(Cast.Home, Room, Cast.Ana.Device, wrap, prekey));
        Assert.Null(commit.Unwrap(Cast.Home, Room, Cast.Bia.Device, wrap, prekey));
        Assert.Null(commit.Unwrap(Cast.Home, Sealed.Den.Room, Cast.Ana.Device, wrap, prekey));
        Assert.Null(commit.Unwrap(Cast.Work, Room, Cast.Ana.Device, wrap, prekey));
        Assert.Null((commit with { Parents = [First.Id] }).Unwrap(Cast.Home, Room, Cast.Ana.Device, wrap, prekey));
        Assert.Null((commit with { SecretHash = Sealed.Bytes("other", 32) }).Unwrap(Cast.Home, Room, Cast.Ana.Device, wrap, prekey));
        for (var bit = 0; bit < wrap.Sealed.Length * 8; bit++)
        {
            Assert.Null(commit.Unwrap(Cast.Home, Room, Cast.Ana.Device, wrap with { Sealed = Cast.Flip(wrap.Sealed, bit) }, prekey));
        }
    }

    [Fact]
    public void A_commit_reads_back_as_it_was_made_and_no_flipped_bit_of_its_entry_verifies()
    {
        var commit = Sealed.Read(First);
        Assert.Equal(First.Body!.Value.ToArray(), commit.Encode());
        for (var bit = 0; bit < First.Body.Value.Length * 8; bit++)
        {
            Assert.True(Entry.TryRead(Cast.Home, Room, First.HeaderBytes, First.Signature, Cast.Flip(First.Body.Value, bit), out var spoilt));
            Assert.False(spoilt.Verifies(Cast.Home, Cast.Ana.Card));
        }

        for (var length = 0; length < First.Body.Value.Length; length++)
        {
            Assert.False(Commit.TryRead(First.Body.Value[..length], out _));
        }
    }

    [Fact]
    public void A_secret_handed_over_answers_one_question_of_one_device_and_is_checked_against_the_commit()
    {
        var prekey = Sealed.PrekeyOf(Cast.Bia);
        var handed = SealedSecret.Seal(Cast.Home, Room, First.Id, Cast.Bia.Device, Cast.Nonce, prekey.Public, Secret, Sealed.Ephemeral());
        Assert.NotNull(handed.Open(Cast.Home, Room, Cast.Bia.Device, Cast.Nonce, prekey, Secret.Hash.Span));
        Assert.Null(handed.Open(Cast.Home, Room, Cast.Caio.Device, Cast.Nonce, prekey, Secret.Hash.Span));
        Assert.Null(handed.Open(Cast.Home, Room, Cast.Bia.Device, Cast.Flip(Cast.Nonce, 0), prekey, Secret.Hash.Span));
        Assert.Null(handed.Open(Cast.Home, Room, Cast.Bia.Device, Cast.Nonce, Sealed.PrekeyOf(Cast.Caio), Secret.Hash.Span));
        Assert.Null(handed.Open(Cast.Home, Room, Cast.Bia.Device, Cast.Nonce, prekey, Sealed.Bytes("another", 32)));
    }

    [Fact]
    public void A_device_list_counts_only_as_its_account_signed_it_for_this_space()
    {
        var list = Sealed.ListOf(Cast.Bia, counter: 7);
        Assert.True(DeviceList.TryRead(Cast.Home, list.Bytes, out var read));
        Assert.Equal((Cast.Bia.Account, 7), (read.Account, read.Counter));
        Assert.Equal(Sealed.CopyOf(Cast.Bia), Assert.Single(read.Copies).Copy);
        Assert.False(DeviceList.TryRead(Cast.Work, list.Bytes, out _));
        for (var bit = 0; bit < list.Bytes.Length * 8; bit++)
        {
            Assert.False(DeviceList.TryRead(Cast.Home, Cast.Flip(list.Bytes, bit), out _));
        }
    }

    [Fact]
    public void An_invite_counts_only_for_the_device_it_was_signed_for_and_only_for_the_room_of_its_people()
    {
        var bytes = new Invite(Cast.Ana.Card, Room, null, IsHeard: false).Sign(Cast.Home, Cast.Bia.Device, Cast.Ana.DeviceKeys);
        Assert.Equal(InboxKind.Invite, InboxMessage.Peek(Cast.Split(bytes)));
        Assert.True(Invite.TryRead(Cast.Home, Cast.Bia.Device, Cast.Split(bytes), Cast.NoCard, out var invite));
        Assert.True(invite.IsFor(Cast.Bia.Account));
        Assert.False(invite.IsFor(Cast.Caio.Account));
        Assert.False(Invite.TryRead(Cast.Home, Cast.Caio.Device, Cast.Split(bytes), Cast.NoCard, out _));
        Assert.True((invite with { Genesis = Sealed.Den, Room = Sealed.Den.Room }).IsFor(Cast.Caio.Account));
        Assert.False((invite with { Genesis = Sealed.Den }).IsFor(Cast.Bia.Account));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            Assert.False(Invite.TryRead(Cast.Home, Cast.Bia.Device, Cast.Split(Cast.Flip(bytes, bit)), Cast.NoCard, out _));
        }
    }

    [Fact]
    public void A_sealed_beacon_shows_its_epoch_and_nothing_else_and_opens_unchanged_only()
    {
        var said = new Ephemeral(Cast.Ana.Account, Cast.Ana.Device, 1, new TypingBody(true)).Sign(Cast.Home, Room, Cast.Ana.DeviceKeys);
        var key = Secret.EphemeralKey(First.Id);
        var bytes = SealedEphemeral.Seal(key, CommitNode.EpochOf(First.Id), said, Sealed.Bytes("n", 12));
        Assert.True(SealedEphemeral.TryEpoch(bytes, out var epoch));
        Assert.Equal(CommitNode.EpochOf(First.Id), epoch);
        Assert.Equal(said, SealedEphemeral.Open(key, bytes));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Cast.Ana.Device.ToBytes()));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            Assert.Null(SealedEphemeral.Open(key, Cast.Flip(bytes, bit)));
        }
    }
}
