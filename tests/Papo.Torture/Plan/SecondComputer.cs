// Owns: what a seed draws about somebody's second computer: when it is linked, who dies meanwhile, what it is called, and whether it is taken off again.
// Must never: know what came of it; a step may fail for a fault before it.

using Papo.Protocol;

namespace Papo.Torture.Plan;

/// <summary>A linked copy of one person's account, in two worlds of three.</summary>
internal sealed class SecondComputer
{
    private const int Steps = 12; // that pass at most while it is being linked
    private readonly Dice _dice;
    private readonly Action<Step> _add;
    private readonly Func<string, string> _text;
    private readonly string? _owner;
    private readonly int _linkAt;
    private readonly int _meetAt;
    private readonly int _nameAt;
    private readonly int _removeAt;
    private bool _isThere;

    /// <param name="dice">The seed's.</param>
    /// <param name="add">Takes steps.</param>
    /// <param name="text">Makes something to say.</param>
    /// <param name="people">Of whom one may have it.</param>
    /// <param name="count">How many times something happens in this world.</param>
    public SecondComputer(Dice dice, Action<Step> add, Func<string, string> text, IReadOnlyList<Person> people, int count)
    {
        (_dice, _add, _text) = (dice, add, text);
        if (people.Count == 0 || dice.Next(3) == 0)
        {
            return;
        }

        _owner = people[dice.Next(people.Count)].Name;
        _linkAt = 1 + dice.Next(count / 3);
        _meetAt = _linkAt + 2 + dice.Next(Steps);
        _nameAt = dice.Next(2) == 0 ? _meetAt + 1 + dice.Next(count - _meetAt - 1) : -1;
        _removeAt = dice.Next(3) > 0 ? _meetAt + 1 + dice.Next(count - _meetAt - 1) : -1;
        Person = new Person(WorldPlan.Linked(_owner), true, false) { Of = _owner };
    }

    /// <summary>It, as one more of the cast; null where nobody has one.</summary>
    public Person? Person { get; }

    /// <summary>The computer at which somebody is: one of his two, once there are two.</summary>
    public string Of(string who) => who == _owner && _isThere && _dice.Next(2) == 0 ? Person!.Name : who;

    /// <summary>What is due when this much has happened.</summary>
    public void At(int step, IReadOnlyList<Person> present)
    {
        if (Person is null)
        {
            return;
        }

        if (step == _linkAt)
        {
            Link();
        }
        else if (step == _meetAt)
        {
            _isThere = true;
            _add(new AwaitLinked(Person.Name));
        }
        else if (step == _nameAt)
        {
            _add(new NameLinked(_owner!, $"{_owner}-celular"));
        }
        else if (step == _removeAt)
        {
            Remove(present);
        }
        else if (_isThere && _dice.Next(6) == 0)
        {
            Speak(present);
        }
    }

    private void Speak(IReadOnlyList<Person> present)
    {
        var text = _text(_owner!);
        _add(_dice.Next(3) switch
        {
            0 => new Whisper(Person!.Name, Other(present), text),
            1 => new Say(Person!.Name, Room.General.Name, text),
            _ => new Say(Person!.Name, WorldPlan.Den, text),
        });
    }

    private void Link()
    {
        string[] deaths = [LinkingPoints.Asked, LinkingPoints.Confirmed, LinkingPoints.Listed, LinkingPoints.Shown, LinkingPoints.Made];
        var death = _dice.Next(3) > 0 ? deaths[_dice.Next(deaths.Length)] : null;
        _add(new Link(_owner!, Person!.Name, death));
    }

    // What is said at the first computer right afterwards must not be read on the second.
    private void Remove(IReadOnlyList<Person> present)
    {
        if (_dice.Next(3) == 0)
        {
            _add(new ArmFault(_owner!, LinkingPoints.TakenOff) { Then = 5 });
        }

        _add(new RemoveLinked(_owner!) { Then = 150 + _dice.Next(150) });
        _add(new Say(_owner!, WorldPlan.Den, _text(_owner!)));
        _add(new Whisper(_owner!, Other(present), _text(_owner!)));
    }

    private string Other(IReadOnlyList<Person> present)
    {
        var others = present.Where(person => person.Name != _owner).ToList();
        return others[_dice.Next(others.Count)].Name;
    }
}
