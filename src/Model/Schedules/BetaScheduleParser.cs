using Tempera.Model.Settings;

namespace Tempera.Model.Schedules;

/// <summary>
/// The schedule language, <c>name:numbers,key=value,...</c>: <c>constant:2</c>, <c>uniform:1,3</c>,
/// <c>clipped-normal:1,3,mu=2,sigma=0.5</c>, <c>annealing:1,3,path=geometric,restarts=4</c>.
/// </summary>
/// <remarks>A new schedule is one class and one entry here.</remarks>
public static class BetaScheduleParser
{
    /// <summary>Inverse temperatures a schedule may name.</summary>
    public static readonly RealRange Betas = new(1e-6, 1e6);

    private static readonly string[] Range = ["a", "b"];
    private static readonly string[] AnnealingKeys = ["path", "restarts", "width", "progress", "adaptive"];

    private static readonly Family[] Families =
    [
        new("constant", ["beta"], [], arguments => new ConstantSchedule(arguments.Beta(0))),
        new("uniform", Range, [], arguments => new UniformSchedule(arguments.Beta(0), arguments.Beta(1))),
        new("log-uniform", Range, [], arguments => new LogUniformSchedule(arguments.Beta(0), arguments.Beta(1))),
        new("exp-tilted", Range, [], arguments => new ExpTiltedSchedule(arguments.Beta(0), arguments.Beta(1))),
        new("clipped-normal", Range, ["mu", "sigma"], ClippedNormal),
        new("annealing", Range, AnnealingKeys, arguments => Annealing(arguments, reverse: false)),
        new("annealing-reverse", Range, AnnealingKeys, arguments => Annealing(arguments, reverse: true)),
    ];

    /// <summary>Names of all families.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Families.Select(family => family.Name)];

    /// <summary>Reads a schedule; its <see cref="IBetaSchedule.Description"/> reads as the same one.</summary>
    /// <param name="text">The schedule.</param>
    /// <param name="setting">Setting that errors name.</param>
    /// <exception cref="SettingException">Unknown name or key, a malformed number, or a range that is empty or not positive.</exception>
    public static IBetaSchedule Parse(string text, string setting = "schedule")
    {
        var name = text.Split(':')[0].Trim();
        var family = Families.FirstOrDefault(family => family.Name == name)
            ?? throw SettingText.Refuse(setting, $"a schedule, {string.Join(", ", Names)}", text, NameSuggestion.For(name, Names));
        var arguments = new ScheduleArguments(setting, text, family.Positions, family.Keys);
        if (family.Positions == Range && (float)arguments.Beta(0) >= (float)arguments.Beta(1))
        {
            throw arguments.Refuse("from a smaller beta to a larger one", $"Swap the numbers, or write constant:{SettingText.Format(arguments.Beta(0))} for a single beta");
        }

        return family.Create(arguments);
    }

    private static ClippedNormalSchedule ClippedNormal(ScheduleArguments arguments)
    {
        var (minimum, maximum) = (arguments.Beta(0), arguments.Beta(1));
        return new ClippedNormalSchedule(
            minimum,
            maximum,
            arguments.Real("mu", (minimum + maximum) / 2, Betas),
            arguments.Real("sigma", (maximum - minimum) / 4, new RealRange(0, Betas.Maximum)));
    }

    private static AnnealingSchedule Annealing(ScheduleArguments arguments, bool reverse)
    {
        var defaults = new AnnealingOptions();
        return new AnnealingSchedule(arguments.Beta(0), arguments.Beta(1), new AnnealingOptions
        {
            Path = arguments.Choice<AnnealingPath>("path"),
            Restarts = arguments.Whole("restarts", defaults.Restarts, 0, 10_000),
            Width = arguments.Real("width", defaults.Width, new RealRange(0, Betas.Maximum)),
            Progress = arguments.Choice<AnnealingProgress>("progress"),
            Adaptive = arguments.Flag("adaptive"),
            Reverse = reverse,
        });
    }

    private sealed record Family(string Name, string[] Positions, string[] Keys, Func<ScheduleArguments, IBetaSchedule> Create);
}
