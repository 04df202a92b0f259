using TorchSharp;
using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>Scores every edge 0: the uniform policy, with nothing to learn.</summary>
internal sealed class TorchUniformScorer : ITorchScorer
{
    public bool SeesTargets => false;

    public bool ListsActions => false;

    public void BeginPass()
    {
    }

    public Tensor EncodeParents(Tensor features) => features;

    public Tensor EncodeTargets(Tensor features) => features;

    public Tensor Score(VisitRows rows, Tensor parents, Tensor? targets, Tensor? codes) =>
        torch.zeros([rows.Trajectories, rows.Steps, rows.Legal.size(1), 1], dtype: ScalarType.Float32, device: rows.Legal.device);
}
