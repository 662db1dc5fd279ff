using AutoMapper;

namespace PilotPlatform.Assessment.Schemes;

internal sealed class SchemeMappings : Profile
{
    public SchemeMappings() => CreateMap<AssessmentScheme, SchemeListItemDto>();
}
