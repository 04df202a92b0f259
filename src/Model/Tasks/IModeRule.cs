namespace Tempera.Model.Tasks;

/// <summary>A named definition of what a mode is, decided for one object at a time.</summary>
public interface IModeRule
{
    /// <summary>Name and parameters, for example <c>paper: strict Hamming-1 local maxima at or below -2270 dcal/mol</c>.</summary>
    string Definition { get; }

    /// <summary>Number of modes in the whole space where known, else null.</summary>
    int? KnownCount { get; }

    /// <summary>True when an object with this raw score is a mode. May evaluate neighbours; those are not oracle calls of the campaign.</summary>
    bool IsMode(UInt128 terminal, double score);
}
