using System.Collections.Immutable;
using System.Reflection;

using Microsoft.Extensions.DependencyInjection;

using Orleans.Serialization;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Contracts.Training;

using Xunit;

namespace Tempera.Contracts.Tests;

/// <summary>
/// What crosses between silos of different versions has names and numbers of its own: without an alias a method's name on the
/// wire is a hash of its signature, and a member without a number is not sent at all.
/// </summary>
public sealed class WireContractTests
{
    private static readonly Type[] Ours = [.. typeof(ICampaignGrain).Assembly.GetTypes().Where(static type => type.Namespace?.StartsWith("Tempera.", StringComparison.Ordinal) == true)];

    private static readonly Type[] Messages = [.. Ours.Where(static type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)];

    private static readonly Type[] Grains = [.. Ours.Where(static type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))];

    [Fact]
    public void EveryMessageAndGrainHasAnAliasOfItsOwn()
    {
        Assert.NotEmpty(Messages);
        Assert.NotEmpty(Grains);
        var aliases = Messages.Concat(Grains).Select(static type => (type, type.GetCustomAttribute<AliasAttribute>()?.Alias)).ToArray();

        Assert.DoesNotContain(aliases, static item => item.Alias is null);
        Assert.Equal(aliases.Length, aliases.Select(static item => item.Alias).Distinct().Count());
    }

    [Fact]
    public void EveryGrainMethodHasAnAliasOfItsOwn() => Assert.All(Grains, static grain =>
    {
        var aliases = grain.GetMethods().Select(static method => method.GetCustomAttribute<AliasAttribute>()?.Alias).ToArray();
        Assert.All(aliases, Assert.NotNull);
        Assert.Equal(aliases.Length, aliases.Distinct().Count());
    });

    [Fact]
    public void EveryPropertyOfAMessageHasANumberOfItsOwn() => Assert.All(
        Messages.Where(static type => !type.IsEnum && type != typeof(TemperaException)),
        static message =>
        {
            var stored = message.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.Name != "EqualityContract" && (property.CanWrite || HasBackingField(property))).ToArray();
            var numbers = stored.Select(static property => property.GetCustomAttribute<IdAttribute>()?.Id).ToArray();
            Assert.All(numbers, static number => Assert.NotNull(number));
            Assert.Equal(numbers.Length, numbers.Distinct().Count());
        });

    [Fact]
    public void MessagesAndErrorsArriveAsTheyWereSent()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var sent = new CampaignEvent { Kind = CampaignEventKinds.Round, Sequence = 7, Round = 7, ReplayLoss = double.NaN, BestObject = "ACGU", BetaMin = 1.5f };
        var specification = new CampaignSpecification
        {
            Task = "rna1",
            Rounds = 5,
            Seed = ulong.MaxValue,
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("width", "16"),
        };
        var proposal = new ProposalBatch(3, [1, 2, 3], [4]);
        var error = new TemperaException(TemperaError.StaleEpoch, "taken over");

        Assert.Equal(sent, Pass(sent));
        Assert.Equal(specification.Settings, Pass(specification).Settings);
        Assert.Equal(ulong.MaxValue, Pass(specification).Seed);
        Assert.Equal(proposal.Objects, Pass(proposal).Objects);
        Assert.Equal((error.Code, error.Message), (Pass(error).Code, Pass(error).Message));

        T Pass<T>(T value) where T : class => serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
    }

    private static bool HasBackingField(PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
}
