// Owns: what one entry costs its author and each reader before anything is stored or sent.
// Must never: reuse what a real message would have to make anew.
using System.Text;
using BenchmarkDotNet.Attributes;
using Papo.Protocol;

namespace Papo.Micro;

/// <summary>A text of 60 characters.</summary>
public class EntryBenchmarks
{
    private readonly SpaceId _space = new(1);
    private readonly KeyPair _key = KeyPair.Generate();
    private readonly byte[] _body = Encoding.UTF8.GetBytes(new string('.', 60));
    private readonly DeviceCard _card;
    private readonly EntryHeader _header;
    private readonly byte[] _property;
    private readonly Topics _topics;
    private readonly string _topic;

    /// <summary>Makes what is measured.</summary>
    public EntryBenchmarks()
    {
        DisplayName.TryParse("ana", out var name);
        _card = DeviceCard.Make(_space, KeyPair.Generate(), _key, name!, 1_700_000_000_000);
        _header = new EntryHeader { Kind = EntryKind.Text, Account = _card.Account, Device = _card.Device, Seq = 1_000, Back = new EntryId(2), Hlc = Hlc.At(1_700_000_000_000) };
        _property = Encoding.UTF8.GetBytes(SignAndEncode());
        Topics.TryMake("chat", out _topics);
        _topic = _topics.Presence(_card.Account, _card.Device);
    }

    /// <summary>What the author does.</summary>
    [Benchmark(Description = "entry: sign and encode")]
    public string SignAndEncode() => LiveEntry.Encode(Entry.Sign(_space, Room.General, _header, _body, _key));

    /// <summary>What each reader does.</summary>
    [Benchmark(Description = "entry: decode and verify")]
    public bool DecodeAndVerify() => LiveEntry.TryRead(_space, Room.General, _property, _body, out var entry) && entry.Verifies(_space, _card);

    /// <summary>The longest kind of topic.</summary>
    [Benchmark(Description = "topic: parse a presence")]
    public ParsedTopic ParsePresence() => _topics.Parse(_topic);

    /// <summary>The commonest kind.</summary>
    [Benchmark(Description = "topic: parse a room")]
    public ParsedTopic ParseRoom() => _topics.Parse("chat/general");
}
