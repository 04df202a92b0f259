using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

using Orleans.Runtime.Placement;

using Tempera.Grains.Accelerators;
using Tempera.Grains.Oracles;
using Tempera.Grains.Placement;
using Tempera.Grains.Storage;
using Tempera.Grains.Tasks;
using Tempera.Grains.Telemetry;
using Tempera.Grains.Training;
using Tempera.Model.Engines;
using Tempera.Model.Tasks.Data;

namespace Tempera.Grains.Hosting;

/// <summary>What a silo registers.</summary>
public static class TemperaGrainsExtensions
{
    /// <summary>
    /// Registers what the grains need, but for an <see cref="IBlobStore"/>, which the silo chooses. An <see cref="ITaskProvider"/>,
    /// an <see cref="ITaskData"/>, an <see cref="IPolicyEngineFactory"/>, an <see cref="IOracleJournal"/> or a <see cref="TimeProvider"/> that is registered already is used.
    /// </summary>
    public static IServiceCollection AddTemperaGrains(this IServiceCollection services, GrainOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITaskData, NoTaskData>();
        services.TryAddSingleton<ITaskProvider, CatalogTaskProvider>();
        services.TryAddSingleton<IPolicyEngineFactory, SimdEngineFactory>();
        services.TryAddSingleton<ILearnerFactory, LearnerFactory>();
        services.TryAddSingleton<IOracleJournal, NoOracleJournal>();
        services.TryAddSingleton<SpecificationResolver>();
        services.TryAddSingleton<TemperaTelemetry>();
        services.TryAddSingleton(options ?? new GrainOptions());
        services.TryAddSingleton<CampaignServices>();
        services.TryAddSingleton<RunningCampaigns>();
        services.TryAddSingleton<IAcceleratorMap, NoAccelerators>();
        // What AddPlacementDirector does, which is in a package that only hosts need.
        services.AddKeyedSingleton<PlacementStrategy, SpreadPlacement>(nameof(SpreadPlacement));
        services.AddKeyedSingleton<IPlacementDirector, SpreadPlacementDirector>(typeof(SpreadPlacement));
        services.AddKeyedSingleton<PlacementStrategy, TrainerPlacement>(nameof(TrainerPlacement));
        services.AddKeyedSingleton<IPlacementDirector, TrainerPlacementDirector>(typeof(TrainerPlacement));
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<RunningCampaigns>());
        return services;
    }
}
