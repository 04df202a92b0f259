namespace Tempera.Model.Baselines;

/// <summary>A proposer that learns from every object that is scored, whoever proposed it.</summary>
public interface IObserver
{
    /// <summary>Takes in an object and its log R.</summary>
    void Observe(UInt128 terminal, double logReward);
}
