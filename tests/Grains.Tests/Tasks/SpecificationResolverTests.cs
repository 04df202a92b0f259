using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Tasks;
using Tempera.Model.Tasks.Data;

using Xunit;

namespace Tempera.Grains.Tests.Tasks;

public sealed class SpecificationResolverTests
{
    private readonly SpecificationResolver _resolver = new(new CatalogTaskProvider(new NoTaskData()));

    [Fact]
    public void Resolving_fills_in_every_default_and_a_second_time_changes_nothing()
    {
        var first = _resolver.Resolve(new CampaignSpecification { Task = "hypergrid" });
        Assert.Equal(first.Task.Defaults.Rounds, first.Specification.Rounds);
        Assert.Contains("dims", first.Specification.Settings.Keys);
        Assert.Contains("width", first.Specification.Settings.Keys);
        var second = _resolver.Resolve(first.Specification);
        Assert.Equal(first.Specification.Settings, second.Specification.Settings);
        Assert.Equal(first.Settings, second.Settings);
    }

    [Fact]
    public void A_budget_that_pays_for_the_space_is_seen_by_the_recipe_and_settings_stay_when_it_changes()
    {
        var few = new CampaignSpecification { Task = "bits" };
        few = few with { Settings = few.Settings.Add("recipe", "default").Add("bits", "12"), Budget = 1000 };
        var (discovery, whole) = (_resolver.Resolve(few), _resolver.Resolve(few with { Budget = 4000 }));
        Assert.Equal(("mixed", "unseen"), (discovery.Settings.Explorer, whole.Settings.Explorer));
        Assert.Equal(discovery.Settings, _resolver.Resolve(discovery.Specification with { Budget = 4000 }).Settings);
        Assert.Equal(whole.Settings, _resolver.Resolve(whole.Specification with { Budget = 1000 }).Settings);
    }

    [Fact]
    public void One_specification_gives_one_task_while_it_is_in_use()
    {
        var specification = new CampaignSpecification { Task = "hypergrid" };
        var first = _resolver.Resolve(specification);
        Assert.Same(first, _resolver.Resolve(specification));
        Assert.NotSame(first, _resolver.Resolve(specification with { Seed = 1 }));
        GC.KeepAlive(first);
    }

    [Fact]
    public void An_unknown_task_and_a_bad_setting_have_their_own_errors()
    {
        Assert.Equal(TemperaError.UnknownTask, Assert.Throws<TemperaException>(() => _resolver.Resolve(new CampaignSpecification { Task = "nope" })).Code);
        var bad = new CampaignSpecification { Task = "hypergrid" };
        var error = Assert.Throws<TemperaException>(() => _resolver.Resolve(bad with { Settings = bad.Settings.Add("batch", "0") }));
        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains("batch", error.Message);
    }
}
