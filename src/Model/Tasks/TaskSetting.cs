using Tempera.Model.Settings;

namespace Tempera.Model.Tasks;

/// <summary>A number that shapes a task, for example the side of a hypergrid.</summary>
/// <param name="Name">Snake_case name.</param>
/// <param name="Default">Default.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="IsWhole">Only whole numbers.</param>
internal sealed record TaskSetting(string Name, double Default, double Minimum, double Maximum, string Meaning, bool IsWhole)
{
    public SettingSummary Summary { get; } = new(Name, SettingText.Format(Default), $"{SettingText.Format(Minimum)} to {SettingText.Format(Maximum)}", Meaning);

    /// <exception cref="SettingException">The text is malformed or out of range.</exception>
    public double Parse(string text) => IsWhole
        ? SettingText.Whole(Name, text, (int)Minimum, (int)Maximum)
        : SettingText.Real(Name, text, new RealRange(Minimum, Maximum));
}
