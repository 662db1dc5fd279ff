using AutoMapper;

namespace PilotPlatform.Replication.Drafts;

internal sealed class DraftMappings : Profile
{
    public DraftMappings() => CreateMap<PracticeDraft, DraftListItemDto>()
        .ForCtorParam(nameof(DraftListItemDto.RegionId), o => o.MapFrom(d => d.OriginRegionId))
        .ForCtorParam(nameof(DraftListItemDto.RegionName), o => o.MapFrom(d => d.OriginName));
}
