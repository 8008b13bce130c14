// Owns: finding one's profile again.
// Must never: need a broker.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Profiles;

public sealed class HomeTests
{
    [Fact]
    public void Who_took_another_name_is_the_same_account_at_every_later_start()
    {
        using var home = new TestHome();
        AccountId account;
        using (var first = home.Open("ana"))
        {
            account = first.Account;
            first.Rename(Named("ana maria"));
        }

        for (var start = 0; start < 3; start++)
        {
            using var again = new Home(home.Path).Open(Named(new Home(home.Path).LastUsed));
            Assert.Equal((account, "ana maria", false), (again.Account, again.Name.Text, again.IsNew));
        }
    }

    private static DisplayName Named(string? text) => DisplayName.TryParse(text, out var name) == NameProblem.None ? name! : throw new ArgumentException(text);
}
