using Tempera.Model.Baselines;
using Tempera.Model.Engines;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;

namespace Tempera.Model.Objectives;

/// <summary>The objectives by the name a user types. A new objective is one class and one line here.</summary>
public static class ObjectiveCatalog
{
    private const string SettingName = "objective";

    private static readonly (string Name, Func<LearnerSettings, IObjective> Create)[] Entries =
    [
        (TrajectoryBalance.PlainName, static s => new TrajectoryBalance(TrajectoryBalance.PlainName, s.Huber)),
        ("db", static _ => new DetailedBalance()),
        ("subtb", static s => new SubTrajectoryBalance(s.SubtbLambda, s.SubtbWeighting)),
        (FlowMatching.ObjectiveName, static _ => new FlowMatching()),
        (VarianceGradient.ObjectiveName, static _ => new VarianceGradient()),
        (TrajectoryBalance.MaximumEntropyName, static s => new TrajectoryBalance(TrajectoryBalance.MaximumEntropyName, s.Huber)),
        ("guided-tb", static s => new GuidedTrajectoryBalance(s.GuideWeight)),
        ("fl-db", static _ => new DetailedBalance("fl-db", new PartialEnergy())),
        ("fl-subtb", static s => new SubTrajectoryBalance("fl-subtb", s.SubtbLambda, s.SubtbWeighting, new PartialEnergy())),
        ("led-db", static _ => new DetailedBalance("led-db", new LearnedEnergy())),
        ("led-subtb", static s => new SubTrajectoryBalance("led-subtb", s.SubtbLambda, s.SubtbWeighting, new LearnedEnergy())),
        (MethodCatalog.SoftQLearning, static s => new SoftQLearning(s.Entropy)),
        (MethodCatalog.A2c, static s => new ActorCritic(MethodCatalog.A2c, s.Entropy, s.PpoClip)),
        (MethodCatalog.Ppo, static s => new ActorCritic(MethodCatalog.Ppo, s.Entropy, s.PpoClip)),
    ];

    /// <summary>Names of all objectives, in the order users see them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(static entry => entry.Name)];

    /// <summary>Creates the objective that the settings name.</summary>
    /// <exception cref="SettingException">No objective has this name (setting <c>objective</c>).</exception>
    public static IObjective Create(LearnerSettings settings)
    {
        foreach (var entry in Entries)
        {
            if (entry.Name == settings.Objective)
            {
                return entry.Create(settings);
            }
        }

        throw Refuse($"is one of {string.Join(", ", Names)}", settings.Objective);
    }

    /// <summary>Refuses an objective that a task has not got what it takes for.</summary>
    /// <exception cref="SettingException">The space is too large for flow matching, or the task has no partial rewards or no substructures.</exception>
    public static void RequireFit(DesignTask task, LearnerSettings settings)
    {
        var parts = Create(settings).Parts;
        if (parts.HasFlag(TermParts.Inflows) && task.Space.LogObjectCount > Math.Log(FlowMatching.MaxObjects))
        {
            throw Refuse(
                $"is {settings.Objective} only in spaces of at most {FlowMatching.MaxObjects:N0} objects; task {task.Name} has {Math.Exp(task.Space.LogObjectCount):N0}",
                settings.Objective);
        }

        if (parts.HasFlag(TermParts.PartialRewards) && task.PartialScores is null)
        {
            throw Refuse($"is {settings.Objective} only where partial objects have a score, which those of task {task.Name} have not", settings.Objective);
        }

        if (parts.HasFlag(TermParts.Guide) && task.Space is not ISubstructureSpace)
        {
            throw Refuse(
                $"is {settings.Objective} only where objects have substructures, as sequences do; the space of task {task.Name} is a {task.Space.Name}",
                settings.Objective);
        }
    }

    private static SettingException Refuse(string rule, string received) =>
        new(SettingName, $"{SettingName} {rule}; received '{received}'. Use --objective {Names[0]}.");
}
