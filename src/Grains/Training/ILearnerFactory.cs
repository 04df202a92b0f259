using Tempera.Grains.Tasks;
using Tempera.Model.Baselines;
using Tempera.Model.Engines;

namespace Tempera.Grains.Training;

/// <summary>Builds learners.</summary>
internal interface ILearnerFactory
{
    /// <summary>A learner at round 0, its networks initialised from the specification's seed.</summary>
    ILearner Create(ResolvedSpecification specification);
}

/// <summary>Builds the learners of Model.</summary>
internal sealed class LearnerFactory(IPolicyEngineFactory engines) : ILearnerFactory
{
    /// <inheritdoc/>
    public ILearner Create(ResolvedSpecification specification) =>
        MethodCatalog.HasPolicy(specification.Settings.Method) ? new LearnerAdapter(specification, engines) : new BaselineAdapter(specification);
}
