// Owns: a broker that delivers no text of #general to chosen users: what they hear of it they heard from members.
// Must never: keep anything else from them.
namespace Papo.Tests.World;

/// <summary>Mosquitto with an access list that makes users deaf for the topic of texts.</summary>
internal static class DeafBroker
{
    public static Task<Mosquitto> StartAsync(params string[] users) => Mosquitto.StartAsync("listener {port}\nallow_anonymous true\nacl_file {folder}/acl", folder =>
        File.WriteAllText(Path.Combine(folder, "acl"), "topic readwrite #\n" + string.Concat(users.Select(static user =>
            $"user {user}\ntopic write chat/general\ntopic readwrite chat/general/+\ntopic readwrite chat/_space\ntopic readwrite chat/+/+/+\n"))));

    /// <summary>Opens a client as such a user.</summary>
    public static Task<Member> ArriveDeafAsync(this Mosquitto broker, string name, string? home = null) =>
        Member.ArriveAsync(name, broker.Address, home, options => options with { Credentials = new Client.Credentials { User = name } });
}
