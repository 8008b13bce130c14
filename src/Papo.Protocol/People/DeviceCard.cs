// Owns: the device card, by which an account vouches for a device in one space and says how its owner is called.
// Must never: be believed without its account's signature; reading a card always verifies it.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>A verified device card (docs/PROTOCOL.md, Device cards).</summary>
public sealed class DeviceCard
{
    private const string Label = "papo/1 card";
    private const int MaxBytes = 512;

    private DeviceCard(ReadOnlyMemory<byte> bytes, PublicKey accountKey, PublicKey deviceKey, DisplayName name, long madeAt, CopyId? copy)
    {
        Bytes = bytes;
        AccountKey = accountKey;
        DeviceKey = deviceKey;
        Name = name;
        MadeAt = madeAt;
        Copy = copy;
        Account = new(accountKey.Fingerprint);
        Device = new(deviceKey.Fingerprint);
    }

    /// <summary>The card as it travels: CBOR content and the account's signature.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The account's key.</summary>
    public PublicKey AccountKey { get; }

    /// <summary>The device's key.</summary>
    public PublicKey DeviceKey { get; }

    /// <summary>What the owner calls himself; a label, not a proof.</summary>
    public DisplayName Name { get; }

    /// <summary>When it was made, Unix milliseconds.</summary>
    public long MadeAt { get; }

    /// <summary>The linked copy that the device is of; null where the copy holds the account's key itself.</summary>
    public CopyId? Copy { get; }

    /// <summary>The account's id.</summary>
    public AccountId Account { get; }

    /// <summary>The device's id.</summary>
    public DeviceId Device { get; }

    /// <summary>Makes a card for a device of one's own.</summary>
    public static DeviceCard Make(SpaceId space, KeyPair account, KeyPair device, DisplayName name, long madeAt)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Make(space, account, device.Public, name, madeAt, null);
    }

    /// <summary>Makes a card for a device whose key is elsewhere: one of a linked copy.</summary>
    public static DeviceCard Make(SpaceId space, KeyPair account, PublicKey device, DisplayName name, long madeAt, CopyId? copy)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(name);
        var writer = Cbor.Writer();
        writer.WriteStartArray(copy is null ? 5 : 6);
        writer.WriteInt32(1);
        writer.WriteByteString(account.Public.Bytes.Span);
        writer.WriteByteString(device.Bytes.Span);
        writer.WriteTextString(name.Text);
        writer.WriteInt64(madeAt);
        if (copy is { } linked)
        {
            writer.WriteId(linked.Value);
        }

        writer.WriteEndArray();
        var bytes = SignedContent.Make(account, Signed(space), writer.Encode());
        return new DeviceCard(bytes, account.Public, device, name, madeAt, copy);
    }

    /// <summary>Reads and verifies a card of a space.</summary>
    public static bool TryRead(SpaceId space, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out DeviceCard? card)
    {
        card = null;
        return bytes.Length <= MaxBytes
            && SignedContent.TrySplit(bytes, out var split)
            && Cbor.TryRead(split.Content, reader => Parse(reader, bytes), out card)
            && split.IsSignedBy(card.AccountKey, Signed(space));
    }

    private static DeviceCard? Parse(CborReader reader, ReadOnlyMemory<byte> bytes)
    {
        reader.ReadArray(5, 16);
        if (reader.ReadInt32() != 1
            || !PublicKey.TryRead(reader.ReadByteString(), out var account)
            || !PublicKey.TryRead(reader.ReadByteString(), out var device))
        {
            return null;
        }

        var text = reader.ReadTextString();
        if (DisplayName.TryParse(text, out var name) != NameProblem.None || name!.Text != text)
        {
            return null;
        }

        var madeAt = reader.ReadCount();
        CopyId? copy = reader.PeekState() == CborReaderState.ByteString ? new CopyId(reader.ReadId()) : null;
        reader.SkipToEndArray();
        return new DeviceCard(bytes, account, device, name, madeAt, copy);
    }

    private static SignedList Signed(SpaceId space) => new SignedList(Label).Add(space.Value);
}
