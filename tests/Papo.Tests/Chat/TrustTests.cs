// Owns: comparing keys through real brokers, and that nobody under a verified person's name gets what was meant for that person.
// Must never: look inside; these tests see what a user of the library sees.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class TrustTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ana_and_bia_see_the_same_number_and_who_is_verified_stays_so()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var home = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var ana = await Member.ArriveAsync("ana", mosquitto.Address, home.Path))
        {
            await UntilSeenAsync(ana, Trust.Signed);
            var check = await ana.Client.SafetyAsync("bia", Stop);
            Assert.Equal((Trust.Signed, null), (check!.Who.Trust, check.Verified));
            Assert.Equal(check.Groups, (await bia.Client.SafetyAsync("ana", Stop))!.Groups);
            Assert.Null(await ana.Client.SafetyAsync("ana", Stop));
            Assert.Null(await ana.Client.SafetyAsync("caio", Stop));

            Assert.Equal(Trust.Verified, (await ana.Client.DecideAsync("bia", isVerified: true, Stop))!.Who.Trust);
            Assert.Equal(Trust.Verified, (await ana.UntilAsync<PersonChanged>(static change => change.Person.Who.Trust == Trust.Verified)).Person.Who.Trust);
            await bia.SayAsync("sou eu");
            Assert.Equal(Trust.Verified, (await ana.UntilSaidAsync("sou eu")).From.Trust);
        }

        await using var again = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        await using var beside = await Member.ArriveAsync("ana", mosquitto.Address, home.Path);
        await bia.SayAsync("ainda eu");
        Assert.Equal(Trust.Verified, (await again.UntilSaidAsync("ainda eu")).From.Trust);
        Assert.NotNull((await again.Client.SafetyAsync("bia", Stop))!.Verified);
        Assert.Contains(await beside.Client.WhoAsync(null, Stop), static person => person.Who is { Name: "bia", Trust: Trust.Verified });

        Assert.Equal(Trust.Signed, (await again.Client.DecideAsync("bia", isVerified: false, Stop))!.Who.Trust);
        Assert.Null((await again.Client.SafetyAsync("bia", Stop))!.Verified);
        await UntilSeenAsync(beside, Trust.Signed);
    }

    [Fact]
    public async Task Who_comes_under_a_verified_name_gets_nothing_until_ana_has_seen_who_is_who()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await MeetAsync(ana, bia);
        var direct = (await ana.Client.OpenDirectAsync("bia", Stop))!;
        await ana.Client.DecideAsync("bia", isVerified: true, Stop);

        await using var other = await Member.ArriveAsync("bia", mosquitto.Address);
        var name = (await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.VerifiedNameTaken)).Notice.Text!;
        Assert.StartsWith("bia·", name, StringComparison.Ordinal);
        Assert.Equal(direct, await ana.Client.OpenDirectAsync("bia", Stop));
        Assert.Equal(SendProblem.NameContested, (await ana.Client.SendAsync(direct, new Draft("para a bia"), Stop)).Problem);
        var wrong = (await ana.Client.OpenDirectAsync(name, Stop))!;
        Assert.NotEqual(direct, wrong);
        Assert.Equal(SendProblem.NameContested, (await ana.Client.SendAsync(wrong, new Draft("para a bia"), Stop)).Problem);
        var den = (await ana.Client.CreateRoomAsync(Named("toca"), sharesPast: false, Stop))!;
        Assert.Equal(MemberResult.NameContested, await ana.Client.InviteAsync(den, "bia", Stop));
        Assert.Equal(MemberResult.NameContested, await ana.Client.InviteAsync(den, name, Stop));
        Assert.Equal([name], (await ana.Client.SafetyAsync("bia", Stop))!.Namesakes.Select(static person => person.Name));
        Assert.Equal(SendProblem.NameContested, (await ana.Client.SendAsync(direct, new Draft("para a bia"), Stop)).Problem); // looking is not saying

        Assert.Empty((await ana.Client.DecideAsync("bia", isVerified: true, Stop))!.Namesakes);
        await ana.SayAsync("só para a bia", direct);
        await bia.UntilSaidAsync("só para a bia");
        await ana.SayAsync("e isto para a outra", wrong);
        await other.UntilSaidAsync("e isto para a outra");
        Assert.DoesNotContain("só para a bia", other.Lines);
    }

    [Fact]
    public async Task A_new_key_of_bia_has_her_name_once_it_is_verified_and_the_old_one_is_not()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var old = await Member.ArriveAsync("bia", mosquitto.Address);
        await MeetAsync(ana, old);
        await ana.Client.DecideAsync("bia", isVerified: true, Stop);
        await using var fresh = await Member.ArriveAsync("bia", mosquitto.Address);
        var name = (await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.VerifiedNameTaken)).Notice.Text!;

        Assert.Equal((await fresh.Client.SafetyAsync("ana", Stop))!.Groups, (await ana.Client.SafetyAsync(name, Stop))!.Groups);
        await ana.Client.DecideAsync(name, isVerified: true, Stop);
        Assert.Equal(old.Client.Me.Account, (await ana.Client.SafetyAsync("bia", Stop))!.Who.Account); // two verified people of one name: who was first keeps it
        await ana.Client.DecideAsync("bia", isVerified: false, Stop);
        Assert.Equal(fresh.Client.Me.Account, (await ana.Client.SafetyAsync("bia", Stop))!.Who.Account);
        var direct = (await ana.Client.OpenDirectAsync("bia", Stop))!;
        await ana.SayAsync("para a chave nova", direct);
        await fresh.UntilSaidAsync("para a chave nova");
        Assert.DoesNotContain("para a chave nova", old.Lines);
    }

    [Fact]
    public async Task Who_was_seen_first_gives_the_name_up_to_who_is_verified_under_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var first = await Member.ArriveAsync("bia", mosquitto.Address);
        await MeetAsync(ana, first);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var name = (await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.NameClash)).Notice.Text!;

        Assert.Equal(("bia", Trust.Verified), (await ana.Client.DecideAsync(name, isVerified: true, Stop))!.Who is var who ? (who.Name, who.Trust) : default);
        var direct = (await ana.Client.OpenDirectAsync("bia", Stop))!;
        Assert.Equal("@bia", direct.ToString());
        await ana.SayAsync("para a verificada", direct);
        await bia.UntilSaidAsync("para a verificada");
        await first.SayAsync("eu cheguei antes");
        var said = await ana.UntilSaidAsync("eu cheguei antes");
        Assert.Equal(Trust.Changed, said.From.Trust);
        Assert.StartsWith("bia·", said.From.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verified_person_who_takes_the_name_of_another_does_not_get_what_is_his()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using var caio = await Member.ArriveAsync("caio", mosquitto.Address);
        await MeetAsync(ana, bia);
        await MeetAsync(ana, caio);
        await ana.Client.DecideAsync("bia", isVerified: true, Stop);
        await bia.Client.RenameAsync(Named("caio"), Stop);
        var renamed = await ana.UntilAsync<PersonChanged>(static change => change.Person.Who.Name.StartsWith("caio·", StringComparison.Ordinal));
        Assert.Equal((bia.Client.Me.Account, Trust.Verified), (renamed.Person.Who.Account, renamed.Person.Who.Trust));
        Assert.Equal(caio.Client.Me.Account, (await ana.Client.SafetyAsync("caio", Stop))!.Who.Account);
        Assert.Equal(bia.Client.Me.Account, (await ana.Client.SafetyAsync("bia", Stop))!.Who.Account);
    }

    [Fact]
    public async Task A_suffix_that_fits_two_accounts_means_nobody_and_more_of_the_id_one_of_them()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var oneHome = new TestHome();
        using var otherHome = new TestHome();
        var (one, other) = SameSuffix();
        Give(oneHome, one);
        Give(otherHome, other);
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var first = await Member.ArriveAsync("bia", mosquitto.Address);
        await MeetAsync(ana, first);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address, oneHome.Path);
        await using var twin = await Member.ArriveAsync("bia", mosquitto.Address, otherHome.Path);
        var id = new AccountId(one.Public.Fingerprint);
        await MeetAsync(ana, bia);
        await MeetAsync(ana, twin);
        Assert.Null(await ana.Client.SafetyAsync($"bia·{id.ToString()[..4]}", Stop));
        Assert.Equal(id, (await ana.Client.SafetyAsync($"bia·{id}", Stop))!.Who.Account);
    }

    // Another process of the profile hears of a verdict within moments.
    private static async Task UntilSeenAsync(Member member, Trust trust)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!(await member.Client.WhoAsync(null, Stop)).Any(person => person.Who.Name == "bia" && person.Who.Trust == trust))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Member.Soon, "the other process never heard of it");
            await Task.Yield();
        }
    }

    private static Task<PersonChanged> MeetAsync(Member one, Member other) => one.UntilAsync<PersonChanged>(change => change.Person.Who.Account == other.Client.Me.Account);

    private static DisplayName Named(string text) => DisplayName.TryParse(text, out var name) == NameProblem.None ? name! : throw new ArgumentException(text);

    // Four letters are 20 bits: among some thousand keys two have the same.
    private static (KeyPair One, KeyPair Other) SameSuffix()
    {
        Dictionary<string, KeyPair> seen = [];
        while (true)
        {
            var fresh = KeyPair.Generate();
            var suffix = new AccountId(fresh.Public.Fingerprint).ToString()[..4];
            if (seen.TryGetValue(suffix, out var same))
            {
                return (same, fresh);
            }

            seen.Add(suffix, fresh);
        }
    }

    private static void Give(TestHome home, KeyPair account)
    {
        var profile = Directory.CreateDirectory(Path.Combine(home.Path, "profiles", "bia"));
        File.WriteAllText(Path.Combine(profile.FullName, "account.key"), Convert.ToBase64String(account.Seed.Span));
    }
}
