// Owns: what is said to a broker that wants a user name.
// Must never: hold a secret; such a broker takes any password, but wants one.
using Papo.Client;
using Papo.Client.Wire;

namespace Papo.Torture.Actors;

/// <summary>User name from the address, any password.</summary>
internal static class Introduction
{
    public const string Password = "any";

    public static Credentials To(BrokerAddress broker) => broker.User is null ? new Credentials() : new Credentials { User = broker.User, Password = Password };
}
