// Owns: the arguments of the requests that only private rooms know: commits and secrets.
// Must never: take a device list of another account than the asker's.
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>Encoding of these requests.</summary>
internal static class PrivateRequests
{
    public static void Write(CborWriter writer, CommitsRequest commits)
    {
        writer.WriteStartArray(2);
        writer.WriteTextString(commits.Room.Name);
        writer.WriteInt64(commits.Skip);
        writer.WriteEndArray();
    }

    public static CommitsRequest? ReadCommits(CborReader reader)
    {
        reader.ReadArray(2, 16);
        var valid = Room.TryFromWire(reader.ReadTextString(), out var room) && room.IsPrivate;
        var skip = reader.ReadCount();
        reader.SkipToEndArray();
        return valid ? new CommitsRequest(room!, skip) : null;
    }

    public static void Write(CborWriter writer, SecretsRequest secrets)
    {
        writer.WriteStartArray(4);
        writer.WriteTextString(secrets.Room.Name);
        writer.WriteByteString(secrets.List.Bytes.Span);
        writer.WriteId(secrets.Copy.Value);
        writer.WriteStartArray(secrets.Commits.Count);
        foreach (var commit in secrets.Commits)
        {
            writer.WriteId(commit.Value);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    public static SecretsRequest? ReadSecrets(CborReader reader, SpaceId space, DeviceCard asker)
    {
        reader.ReadArray(4, 16);
        var valid = Room.TryFromWire(reader.ReadTextString(), out var room) && room.IsPrivate;
        if (!DeviceList.TryRead(space, reader.ReadByteString(), out var list) || list.Account != asker.Account)
        {
            return null;
        }

        var copy = new CopyId(reader.ReadId());
        var commits = new EntryId[reader.ReadArray(0, Limits.AskedSecrets)];
        for (var i = 0; i < commits.Length; i++)
        {
            commits[i] = new(reader.ReadId());
        }

        reader.ReadEndArray();
        reader.SkipToEndArray();
        return valid ? new SecretsRequest(room!, list, copy, commits) : null;
    }
}
