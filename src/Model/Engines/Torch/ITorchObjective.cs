using static TorchSharp.torch;

namespace Tempera.Model.Engines.Torch;

/// <summary>An objective on the device, of which autograd takes the gradient; the tests hold it against the one in Objectives.</summary>
internal interface ITorchObjective
{
    /// <summary>The mean loss, one number in double precision.</summary>
    /// <param name="terms">Terms of the batch.</param>
    /// <param name="logZ">log Z of each trajectory <c>[batch]</c>, double precision.</param>
    /// <param name="logTarget">beta log R(x) <c>[batch]</c>, double precision.</param>
    Tensor Loss(TorchTerms terms, Tensor logZ, Tensor logTarget);
}
