using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Training;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Serialization;
using Tempera.Grains.Tasks;
using Tempera.Model.Engines;
using Tempera.Model.Learning;
using Tempera.Model.Schedules;
using Tempera.Model.Serialization;
using Tempera.Model.Settings;

namespace Tempera.Grains.Training;

/// <summary>An open learner and the answers of its latest round. Used on the compute thread only, but for the answers.</summary>
internal sealed class TrainerSession
{
    private ProposalBatch? _proposed;
    private LearnReport? _learned;

    private TrainerSession(CampaignSpecification specification, long epoch, ILearner learner) =>
        (Specification, Epoch, Learner) = (specification, epoch, learner);

    /// <summary>The resolved specification.</summary>
    public CampaignSpecification Specification { get; }

    /// <summary>Lease epoch; 0 for reading only.</summary>
    public long Epoch { get; }

    /// <summary>The learner.</summary>
    public ILearner Learner { get; }

    /// <summary>Builds a learner and restores a checkpoint into it.</summary>
    /// <exception cref="TemperaException">The checkpoint does not fit the specification.</exception>
    public static TrainerSession Open(ResolvedSpecification resolved, long epoch, ILearnerFactory learners, CheckpointContent? content)
    {
        var learner = learners.Create(epoch > 0 ? resolved : ForReading(resolved));
        try
        {
            if (content is not null)
            {
                SafetensorsFile.ReadInto(content.Parts[CheckpointContent.Weights], learner.Weights);
                SafetensorsFile.ReadInto(content.Parts[CheckpointContent.Optimizer], learner.OptimizerMoments);
                var state = JsonSerializer.Deserialize(content.Parts[CheckpointContent.State], GrainsJson.Default.CheckpointState);
                learner.Restore(state?.Learner ?? throw new InvalidDataException("state.json has no learner."));
            }

            return new TrainerSession(resolved.Specification, epoch, learner);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or ArgumentException)
        {
            learner.Dispose();
            throw new TemperaException(TemperaError.CheckpointDamaged,
                $"A checkpoint is restored into the networks it was written from; that of round {content!.Manifest.Round} does not fit: {exception.Message} Resume with the specification and the version of Tempera that wrote it.", exception);
        }
    }

    /// <summary>The proposal of a round, if it is the latest.</summary>
    public bool IsProposed(int round, [NotNullWhen(true)] out ProposalBatch? proposal) => (proposal = _proposed)?.Round == round;

    /// <summary>The report of a round, if it is the latest.</summary>
    public bool IsLearned(int round, [NotNullWhen(true)] out LearnReport? report) => (report = _learned)?.Round == round;

    /// <summary>Draws a round's proposals.</summary>
    /// <exception cref="TemperaException">The round is not the next one, or the learner is open for reading only.</exception>
    public ProposalBatch Propose(ProposeRequest request)
    {
        Require(request.Round);
        try
        {
            var proposal = Learner.Propose(Context(request));
            return _proposed = new ProposalBatch(request.Round, Packed.ToBytes(proposal.Objects), Packed.ToBytes(proposal.Betas));
        }
        catch (OutOfDeviceMemoryException exception)
        {
            throw new TemperaException(TemperaError.Device, exception.Message, exception);
        }
    }

    /// <summary>Takes a round's gradient steps.</summary>
    /// <exception cref="TemperaException">The round is not the one proposed, or training diverged.</exception>
    public LearnReport Learn(LearnRequest request)
    {
        Require(request.Round);
        if (_proposed?.Round != request.Round)
        {
            throw new TemperaException(TemperaError.InvalidState,
                $"A round is learned after it was proposed; round {request.Round} was not. Resume the campaign.");
        }

        return Learn(request.Round, () => Learner.Learn(
            Packed.Doubles(request.Scores), Packed.Objects(request.ReplayObjects), Packed.Doubles(request.ReplayScores)));
    }

    /// <summary>Takes the gradient steps of a round on what searchers found.</summary>
    /// <exception cref="TemperaException">The round is not the next one, or training diverged.</exception>
    public LearnReport Learn(SearchedRound round)
    {
        Require(round.Request.Round);
        return Learn(round.Request.Round, () => Learner.LearnSearched(Context(round.Request), round));
    }

    /// <summary>The round learned, and the weights that searchers need as a safetensors file.</summary>
    /// <exception cref="TemperaException">The learner is open for reading only.</exception>
    public (int Round, byte[] Weights) Publish()
    {
        Require(Learner.Round + 1);
        return (Learner.Round, SafetensorsFile.ToBytes(Learner.Published));
    }

    private ScheduleContext Context(ProposeRequest request) =>
        new(request.Round, Specification.Rounds ?? 0, request.OracleCalls, Specification.Budget, request.Modes);

    private LearnReport Learn(int round, Func<LearnOutcome> learn)
    {
        try
        {
            var outcome = learn();
            return _learned = new LearnReport(
                round, outcome.Loss, outcome.ReplayLoss, outcome.LogZ, outcome.ClampedShare, outcome.GradientNorm, outcome.SkippedSteps);
        }
        catch (LearnerDivergedException exception)
        {
            throw new TemperaException(TemperaError.Diverged, exception.Message, exception);
        }
        catch (OutOfDeviceMemoryException exception)
        {
            throw new TemperaException(TemperaError.Device, exception.Message, exception);
        }
    }

    /// <summary>The parts of a checkpoint.</summary>
    /// <exception cref="TemperaException">The round is not the last one learned, or the learner is open for reading only.</exception>
    public IReadOnlyList<(string Name, byte[] Content)> Capture(CheckpointRequest request)
    {
        Require(request.Round + 1);
        using var campaign = JsonDocument.Parse(request.State);
        var state = new CheckpointState { Learner = Learner.Capture(), Campaign = campaign.RootElement };
        return
        [
            (CheckpointContent.Weights, SafetensorsFile.ToBytes(Learner.Weights)),
            (CheckpointContent.Optimizer, SafetensorsFile.ToBytes(Learner.OptimizerMoments)),
            (CheckpointContent.State, JsonSerializer.SerializeToUtf8Bytes(state, GrainsJson.Default.CheckpointState)),
        ];
    }

    /// <summary>A campaign is read wherever its files are: on its GPU where there is one, else on the CPU.</summary>
    private static ResolvedSpecification ForReading(ResolvedSpecification resolved) => resolved with
    {
        Settings = resolved.Settings with { Device = DeviceName.Parse(resolved.Settings.Device).Kind == DeviceKind.Cuda ? "auto" : "cpu" },
    };

    private void Require(int round)
    {
        if (Epoch == 0 || round != Learner.Round + 1)
        {
            throw new TemperaException(TemperaError.InvalidState,
                $"A trainer runs rounds in order and under a lease; it has learned {Learner.Round} with epoch {Epoch} and was asked for round {round}. Resume the campaign.");
        }
    }
}
