// Owns: what the safety number of two people depends on.
// Must never: use randomness.
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class SafetyNumberTests
{
    [Fact]
    public void Both_sides_see_twelve_groups_of_five_digits_and_the_same_ones()
    {
        var seen = Number(Cast.Ana, Cast.Bia);
        Assert.Equal(SafetyNumber.Groups, seen.Count);
        Assert.All(seen, static group => Assert.Matches("^[0-9]{5}$", group));
        Assert.Equal(seen, Number(Cast.Bia, Cast.Ana));
    }

    [Fact]
    public void Another_key_on_either_side_changes_half_of_it()
    {
        string[] withBia = [.. Number(Cast.Ana, Cast.Bia)];
        string[] withCaio = [.. Number(Cast.Ana, Cast.Caio)];
        Assert.Equal(6, withBia.Intersect(withCaio).Count());
    }

    [Fact]
    public void Neither_devices_nor_names_nor_spaces_are_part_of_it()
    {
        var elsewhere = Cast.Make("beatriz", 3, Cast.Work);
        Assert.Equal(Number(Cast.Ana, Cast.Bia), Number(Cast.Ana, elsewhere));
    }

    private static IReadOnlyList<string> Number(Person one, Person other) => SafetyNumber.Of(one.Card.AccountKey, other.Card.AccountKey);
}
