// Owns: making a world from a seed.
// Must never: look at the clock, the machine, or another seed; the same seed makes the same plan for ever.
using System.Globalization;
using Papo.Client;
using Papo.Protocol;

namespace Papo.Torture.Plan;

/// <summary>Makes plans. Faults come in a mix that lets a world heal within seconds: a member whose connection breaks again and again waits longer and longer, as it should.</summary>
internal sealed class Planner
{
    private const int MostBreaks = 3; // of one member's connection; more would only test his patience
    private const int Private = 50; // of a hundred times that somebody talks
    private const int Slower = 6; // two brokers take seconds to find each other again: enough is said before, meanwhile and after
    private static readonly string[] Names = ["ana", "bia", "caio", "davi", "edu", "flora"];
    private static readonly Disturbance[] Breaking = [Disturbance.Cut, Disturbance.Truncate, Disturbance.Corrupt];
    private readonly ulong _seed;
    private readonly Dice _dice;
    private readonly List<Step> _steps = [];
    private readonly Dictionary<string, int> _breaks = [];
    private readonly HashSet<string> _dead = [];
    private readonly HashSet<string> _dying = [];
    private readonly HashSet<string> _inOther = [];
    private readonly bool _clocksJump;
    private readonly Ground? _asked;
    private List<Person> _present = [];
    private int _brokerKills;
    private readonly PrivateTalk _inPrivate;
    private SecondComputer? _second;
    private int _said;

    private Planner(ulong seed, Ground? asked)
    {
        (_seed, _asked) = (seed, asked);
        _dice = new Dice(Scramble(seed));
        _clocksJump = _dice.Next(6) == 0;
        _inPrivate = new PrivateTalk(_dice, Add, KillOrRestart, Text, Computer);
    }

    /// <summary>The plan of a seed; on another ground than it would draw, where one is asked for.</summary>
    public static WorldPlan Make(ulong seed, Ground? asked = null) => new Planner(seed, asked).Make();

    private bool HasTwoBrokers => _asked is Ground.Cluster or Ground.Bridge;

    // Neighbouring seeds must not make neighbouring worlds, and a state of zero would stay zero (finalizer of splitmix64).
    private static ulong Scramble(ulong seed)
    {
        var mixed = seed + 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return (mixed ^ (mixed >> 31)) | 1;
    }

    private WorldPlan Make()
    {
        var drawn = (Ground)_dice.Next(3);
        var ground = _asked ?? drawn;
        var hubs = HasTwoBrokers ? 2 : ground == Ground.MosquittoAndHubs ? 1 + _dice.Next(2) : 0;
        var people = People();
        _present = [.. people.Where(static person => !person.IsLate)];
        Begin();
        var late = new Queue<Person>(people.Where(static person => person.IsLate));
        var count = 35 + _dice.Next(30);
        _second = new SecondComputer(_dice, Add, Text, _clocksJump ? [] : _present.FindAll(static person => !person.HasSmallDisk), count);
        for (var at = 0; at < count; at++)
        {
            _second.At(at, _present);
            if (late.Count > 0 && _dice.Next(8) == 0)
            {
                Add(new Arrive(late.Peek().Name));
                _present.Add(late.Dequeue());
            }

            if (HasTwoBrokers && _brokerKills == 0 && at == count / 3)
            {
                KillBroker();
            }
            else if (_dice.Next(100) < 62)
            {
                Talk();
            }
            else
            {
                Harm(hubs);
            }
        }

        late.ToList().ForEach(person => Add(new Arrive(person.Name)));

        return new WorldPlan(_seed, ground, hubs, _second.Person is { } second ? [.. people, second] : people, _clocksJump, _steps);
    }

    // Where a clock jumps nobody comes late: what an honest reader takes for the past depends on the clocks.
    private List<Person> People()
    {
        var count = 3 + _dice.Next(4);
        var late = !_clocksJump && count > 3 && _dice.Next(2) == 0 ? 1 : 0;
        var small = _dice.Next(6) == 0 ? _dice.Next(count - late) : -1;
        return [.. Names.Take(count).Select((name, at) => new Person(name, at >= count - late, at == small))];
    }

    // Everybody's log begins before a clock may jump; some worlds are quiet until then, some are not.
    private void Begin()
    {
        foreach (var person in _present)
        {
            if (_dice.Next(2) == 0)
            {
                _inOther.Add(person.Name);
                Add(new Enter(person.Name, WorldPlan.OtherRoom, false));
            }

            if (_clocksJump)
            {
                Speak(person.Name);
                if (_inOther.Contains(person.Name))
                {
                    Add(new Say(person.Name, WorldPlan.OtherRoom, Text(person.Name)));
                }
            }
        }

        _inPrivate.Begin(_present);
        if (_clocksJump)
        {
            Add(new Pause { Then = 1_500 });
        }
    }

    private void Talk()
    {
        if (_dice.Next(100) < Private)
        {
            _inPrivate.Talk(_present);
            return;
        }

        var who = Computer(Pick(_present).Name);
        var kind = _dice.Next(100);
        switch (kind)
        {
            case < 60:
                Speak(who);
                break;
            case < 68:
                Add(new Amend(who, EntryKind.Edit, Room(who), Text(who), _dice.Next()));
                break;
            case < 73:
                Add(new Amend(who, EntryKind.Delete, Room(who), "", _dice.Next()));
                break;
            case < 80:
                Add(new Amend(who, EntryKind.Reaction, Room(who), !_clocksJump && _dice.Next(4) == 0 ? "" : PrivateTalk.Emojis[_dice.Next(PrivateTalk.Emojis.Length)], _dice.Next()));
                break;
            case < 86:
                Add(new Amend(who, EntryKind.Text, Room(who), Text(who), _dice.Next()));
                break;
            case < 91:
                Add(new Guest(Room(who), Text("guest")));
                break;
            case < 96:
                Add(new Forge((Forgery)_dice.Next(Enum.GetValues<Forgery>().Length), _dice.Next()));
                break;
            default:
                Move(who);
                break;
        }
    }

    private void Move(string computer)
    {
        var who = WorldPlan.PersonOf(computer);
        var leaves = !_inOther.Add(who) && _inOther.Remove(who);
        Add(new Enter(who, WorldPlan.OtherRoom, leaves));
    }

    private void Speak(string who)
    {
        var bursts = _dice.Next(6) == 0 ? 2 + _dice.Next(12) : 1;
        for (var i = 0; i < bursts; i++)
        {
            Add(new Say(who, Room(who), Text(who)) { Then = bursts > 1 ? 1 : 0 });
        }
    }

    private void Harm(int hubs)
    {
        var who = Computer(Pick(_present).Name);
        switch (_dice.Next(100))
        {
            case < 46:
                Disturb(who);
                break;
            case < 60:
                KillOrRestart(who);
                break;
            case < 74:
                DieAtPoint(who);
                break;
            case < 84 when _brokerKills < 2:
                KillBroker();
                break;
            case < 92 when hubs > 0:
                KillOrRestart(WorldPlan.Hub(_dice.Next(hubs)));
                break;
            case < 96 when _clocksJump:
                Add(new JumpClock(who, TimeSpan.FromHours((1 + _dice.Next(24)) * (_dice.Next(2) == 0 ? 1 : -1))));
                break;
            default:
                if (_present.Find(static person => person.HasSmallDisk) is { } small)
                {
                    Add(new FillDisk(small.Name, false) { Then = 300 });
                    Speak(small.Name);
                    Speak(Pick(_present).Name);
                    Add(new FillDisk(small.Name, true));
                }

                break;
        }
    }

    // Where there are two, people talk while one is away.
    private void KillBroker()
    {
        _brokerKills++;
        var broker = HasTwoBrokers && _dice.Next(2) == 0 ? WorldPlan.OtherBroker : WorldPlan.Broker;
        Add(new Kill(broker));
        for (var words = HasTwoBrokers ? 3 + _dice.Next(6) : 0; words > 0; words--)
        {
            Talk();
        }

        Add(new Restart(broker));
    }

    private void Disturb(string who)
    {
        var how = (Disturbance)_dice.Next(Enum.GetValues<Disturbance>().Length);
        var breaks = Breaking.Contains(how);
        if (breaks && _breaks.GetValueOrDefault(who) >= MostBreaks)
        {
            return;
        }

        _breaks[who] = _breaks.GetValueOrDefault(who) + (breaks ? 1 : 0);
        var much = how switch
        {
            Disturbance.Delay => 100 + _dice.Next(900),
            Disturbance.Stall => 100 + _dice.Next(1_500),
            Disturbance.Duplicate or Disturbance.Reorder => 1 + _dice.Next(8),
            _ => 1,
        };
        Add(new Disturb(who, how, much));
    }

    private void KillOrRestart(string who)
    {
        if (_dead.Remove(who))
        {
            _breaks[who] = 0;
            Add(new Restart(who));
        }
        else
        {
            _dead.Add(who);
            Add(new Kill(who));
        }
    }

    private void DieAtPoint(string who)
    {
        if (_dying.Contains(who) || _dead.Contains(who))
        {
            return;
        }

        string[] points = [FaultPoints.Drafted, FaultPoints.Numbered, FaultPoints.Published, FaultPoints.Acknowledged, FaultPoints.Received, FaultPoints.Stored];
        var point = points[_dice.Next(points.Length)];
        _dying.Add(who); // once in a world
        if (point == FaultPoints.Drafted)
        {
            Add(new Disturb(who, Disturbance.Cut, 1) { Then = 5 }); // a draft that can be numbered at once never is one
        }

        Add(new ArmFault(who, point) { Then = 5 });
        var speaker = point is FaultPoints.Received or FaultPoints.Stored ? Pick(_present).Name : who;
        Add(new Say(speaker, Room(speaker), Text(speaker)) { Then = 50 + _dice.Next(200) });
        _dead.Add(who);
    }

    private string Computer(string who) => _second?.Of(who) ?? who;

    private string Room(string who) => _inOther.Contains(WorldPlan.PersonOf(who)) && _dice.Next(3) == 0 ? WorldPlan.OtherRoom : Protocol.Room.General.Name;

    private string Text(string who) => string.Create(CultureInfo.InvariantCulture, $"{WorldPlan.PersonOf(who)} {_seed}-{++_said}");

    private void Add(Step step) => _steps.Add(step.Then == 0 ? step with { Then = (HasTwoBrokers ? Slower : 1) * (_dice.Next(4) == 0 ? _dice.Next(160) : _dice.Next(30)) } : step);

    private T Pick<T>(List<T> among) => among[_dice.Next(among.Count)];
}
