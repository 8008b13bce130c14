// Owns: the tests of topics, both ways.
// Must never: accept two topics for one thing.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class TopicsTests
{
    private static readonly Topics Topics = Topics.TryMake("chat", out var topics) ? topics : throw new InvalidOperationException();

    [Fact]
    public void Every_topic_is_read_back_as_it_was_built()
    {
        var ana = Cast.Ana;
        Assert.Equal(new ParsedTopic(TopicKind.Text, Cast.Kitchen), Topics.Parse(Topics.Text(Cast.Kitchen)));
        Assert.Equal(new ParsedTopic(TopicKind.Text, Cast.Kitchen), Topics.Parse(Topics.Entries(Cast.Kitchen, EntryKind.Text)));
        Assert.Equal(new ParsedTopic(TopicKind.Other, Cast.Kitchen), Topics.Parse(Topics.Entries(Cast.Kitchen, EntryKind.Reaction)));
        Assert.Equal(new ParsedTopic(TopicKind.Ephemeral, Cast.Kitchen), Topics.Parse(Topics.Ephemeral(Cast.Kitchen)));
        Assert.Equal(new ParsedTopic(TopicKind.Heads, Cast.Kitchen), Topics.Parse("chat/kitchen/h"));
        Assert.Equal(new ParsedTopic(TopicKind.Space), Topics.Parse(Topics.Space));
        Assert.Equal(new ParsedTopic(TopicKind.DeviceList, null, ana.Account), Topics.Parse(Topics.DeviceList(ana.Account)));
        Assert.Equal(new ParsedTopic(TopicKind.Presence, null, ana.Account, ana.Device), Topics.Parse(Topics.Presence(ana.Account, ana.Device)));
        Assert.Equal(new ParsedTopic(TopicKind.Inbox, null, ana.Account, ana.Device), Topics.Parse(Topics.Inbox(ana.Account, ana.Device)));
    }

    [Fact]
    public void Filters_are_those_of_the_specification()
    {
        Assert.Equal("chat/kitchen/#", Topics.Everything(Cast.Kitchen));
        Assert.Equal("chat/_p/+/+", Topics.AllPresences);
        Assert.Equal("chat/_u/+", Topics.AllDeviceLists);
    }

    [Theory]
    [InlineData("")]
    [InlineData("chat")]
    [InlineData("chat/")]
    [InlineData("chatter/general")]
    [InlineData("CHAT/general")]
    [InlineData("chat/general/")]
    [InlineData("chat/general/z")]
    [InlineData("chat/general/x/x")]
    [InlineData("chat//x")]
    [InlineData("chat/General")]
    [InlineData("chat/+")]
    [InlineData("chat/#")]
    [InlineData("chat/_space/x")]
    [InlineData("chat/_hub/aaaaaaaaaaaaaaaaaaaaaaaaaa/x")]
    [InlineData("chat/_p/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("chat/_p/aaaaaaaaaaaaaaaaaaaaaaaaaa/aaaaaaaaaaaaaaaaaaaaaaaaaa/x")]
    [InlineData("chat/_p/aaaaaaaaaaaaaaaaaaaaaaaaaa/aaaaaaaaaaaaaaaaaaaaaaaaab")] // left-over bits
    [InlineData("chat/_u/aaaaaaaaaaaaaaaaaaaaaaaaaa/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("chat/_q/aaaaaaaaaaaaaaaaaaaaaaaaaa/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_topic_that_is_none_of_ours_is_unknown(string topic) => Assert.Equal(default, Topics.Parse(topic));

    [Fact]
    public void An_id_in_upper_case_is_not_a_second_topic_for_one_inbox()
    {
        var ana = Cast.Ana;
        var inbox = Topics.Inbox(ana.Account, ana.Device);
        Assert.Equal(default, Topics.Parse(inbox.Replace(ana.Account.ToString(), ana.Account.ToString().ToUpperInvariant(), StringComparison.Ordinal)));
        Assert.Equal(default, Topics.Parse(inbox.Replace(ana.Device.ToString(), ana.Device.ToString().ToUpperInvariant(), StringComparison.Ordinal)));
    }

    [Fact]
    public void A_topic_of_sixty_thousand_slashes_costs_nothing_and_is_unknown() =>
        Assert.Equal(default, Topics.Parse("chat/" + new string('/', 60_000)));

    [Fact]
    public void Any_text_under_the_root_is_parsed_or_unknown_and_nothing_throws() => Gen.String[Gen.Char["_pius~abz2/-+#"], 0, 70].Sample(
        static tail => Topics.Parse("chat/" + tail).Kind is >= TopicKind.Unknown and <= TopicKind.Inbox,
        threads: 1);

    [Theory]
    [InlineData("chat", true)]
    [InlineData("Team.chat_7-b", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a/b", false)]
    [InlineData("a+", false)]
    [InlineData("$share", false)]
    [InlineData("é", false)]
    public void A_root_is_one_level_of_plain_characters(string? root, bool valid)
    {
        Assert.Equal(valid, Topics.TryMake(root, out var made));
        Assert.Equal(valid ? root : "chat", made.Root);
    }
}
