// Owns: what a new copy says of itself when it asks to be linked, and the short code by which people see that both sides mean the same.
// Must never: hold a secret; it goes over the wire.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Globalization;
using System.Security.Cryptography;

namespace Papo.Protocol;

/// <summary>CBOR <c>[1, copy, [device key…], name]</c>: which copy, the keys of its devices (1 to <see cref="Limits.LinkedDevices"/>), what it is called.</summary>
public sealed record LinkedCopy(CopyId Copy, IReadOnlyList<PublicKey> Devices, DisplayName Name)
{
    private const string CodeLabel = "papo/1 code";
    private const int CodeDigits = 1_000_000;

    /// <summary>Encodes.</summary>
    public byte[] Encode()
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(4);
        writer.WriteInt32(1);
        writer.WriteId(Copy.Value);
        writer.WriteStartArray(Devices.Count);
        foreach (var device in Devices)
        {
            writer.WriteByteString(device.Bytes.Span);
        }

        writer.WriteEndArray();
        writer.WriteTextString(Name.Text);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out LinkedCopy? copy) => Cbor.TryRead(bytes, Parse, out copy);

    /// <summary>
    /// The code that both sides show: six digits. The asked device draws its nonce once it has the asker's keys, so nobody can look for keys that
    /// make a code wanted.
    /// </summary>
    public static string Code(SpaceId space, DeviceId target, DeviceId asker, ReadOnlySpan<byte> body, ReadOnlySpan<byte> nonce)
    {
        var hash = SHA256.HashData(new SignedList(CodeLabel).Add(space.Value).Add(target.Value).Add(asker.Value).Add(body).Add(nonce).Bytes);
        return (System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash) % CodeDigits).ToString("000 000", CultureInfo.InvariantCulture);
    }

    private static LinkedCopy? Parse(CborReader reader)
    {
        reader.ReadArray(4, 16);
        if (reader.ReadInt32() != 1)
        {
            return null;
        }

        var copy = new CopyId(reader.ReadId());
        var devices = new PublicKey[reader.ReadArray(1, Limits.LinkedDevices)];
        for (var i = 0; i < devices.Length; i++)
        {
            if (!PublicKey.TryRead(reader.ReadByteString(), out var device))
            {
                return null;
            }

            devices[i] = device;
        }

        reader.ReadEndArray();
        var text = reader.ReadTextString();
        reader.SkipToEndArray();
        return DisplayName.TryParse(text, out var name) == NameProblem.None && devices.Select(static device => device.Fingerprint).Distinct().Count() == devices.Length
            ? new LinkedCopy(copy, devices, name!)
            : null;
    }
}
