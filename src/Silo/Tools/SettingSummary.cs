namespace Tempera.Silo.Tools;

/// <summary>A setting as help shows it.</summary>
/// <param name="Name">Snake_case name.</param>
/// <param name="Default">Default as text; a task may suggest another.</param>
/// <param name="Range">Values it takes.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record SettingSummary(string Name, string Default, string Range, string Meaning);
