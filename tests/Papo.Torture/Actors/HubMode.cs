// Owns: a hub as a process of its own, with a broker inside or beside one that runs.
// Must never: differ from `papo hub` in more than the port, which that command does not let one choose.
using System.Globalization;
using System.Net;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Hub;

namespace Papo.Torture.Actors;

/// <summary><c>hub HOME PORT</c> or <c>hub HOME mqtt://…</c>.</summary>
internal static class HubMode
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var stage = new Stage();
        BrokerPlan plan = BrokerAddress.TryParse(arguments[1], out var address, out _) && arguments[1].Contains("://", StringComparison.Ordinal)
            ? new BrokerPlan.Outside(address, Introduction.To(address))
            : new BrokerPlan.Embedded(new EmbeddedBrokerOptions { Addresses = [IPAddress.Loopback], Port = int.Parse(arguments[1], CultureInfo.InvariantCulture) });
        try
        {
            await using var hub = await HubNode.StartAsync(new HubOptions { Home = new Home(arguments[0]), Broker = plan, Title = "Casa" }, CancellationToken.None);
            stage.Tell(new Told("here") { Text = hub.Archive });
            var reading = ReadAsync(stage, hub);
            while (await stage.NextAsync() is { } command && command.Name != "quit")
            {
                stage.Tell(new Told("status") { Re = command.Number, Up = hub.Connection.Up });
            }
        }
        catch (ProfileException unusable)
        {
            stage.Tell(new Told("unusable") { Text = unusable.Message });
            return 1;
        }

        return 0;
    }

    private static async Task ReadAsync(Stage stage, HubNode hub)
    {
        await foreach (var change in hub.Changes.ReadAllAsync())
        {
            if (change is ConnectionChanged connection)
            {
                stage.Tell(new Told("connection") { Up = connection.Connection.Up, Text = connection.Connection.Failure?.ToString() });
            }
            else if (change is Noticed { Notice: var notice })
            {
                stage.Tell(new Told("notice") { State = notice.Kind.ToString(), Room = notice.Room?.Name, Text = notice.Text, Number = notice.Count });
            }
        }
    }
}
