# language: vi
Tính năng: Rà soát phát hiện
  Để mỗi kết luận về một hương ước, quy ước có người chịu trách nhiệm,
  cán bộ đọc từng phát hiện của máy, quyết định kèm lý do,
  và chỉ người có thẩm quyền mới kết luận một quy định là trái pháp luật.

  Bối cảnh:
    Biết quy ước bản Nà Khương có một phát hiện mức S4, một mức S3 và một mức S2

  Tình huống: Rà soát viên chuyển phát hiện trái luật cho pháp chế
    Khi rà soát viên xác nhận phát hiện mức S4 vì "trái Luật Bình đẳng giới"
    Thì phần mềm từ chối với mã "GA339"
    Khi rà soát viên xin tham vấn phát hiện mức S4 vì "cần pháp chế xem"
    Thì kết luận của văn bản là "chờ tham vấn"
    Và pháp chế có 1 văn bản chờ tham vấn
    Khi pháp chế xác nhận phát hiện mức S4 vì "trái điểm c khoản 1 Điều 40"
    Thì kết luận của văn bản là "có phân biệt đối xử"

  Tình huống: Bấm nhầm thì hoàn tác
    Khi pháp chế xác nhận phát hiện mức S4 vì "trái luật"
    Và pháp chế hoàn tác quyết định về phát hiện mức S4
    Thì phát hiện mức S4 trở lại "máy gợi ý"
    Và kết luận của văn bản là "chưa rà soát"

  Tình huống: Không có lý do thì không quyết định được
    Khi rà soát viên bác bỏ phát hiện mức S2 vì ""
    Thì phần mềm từ chối với mã "GA338"

  Tình huống: Chưa rà soát hết thì chưa kết thúc được
    Khi rà soát viên bác bỏ phát hiện mức S2 vì "máy hiểu sai câu"
    Và rà soát viên kết thúc rà soát
    Thì phần mềm từ chối với mã "GA344"

  Tình huống: Văn bản chỉ đạt khi có người kết thúc rà soát
    Khi rà soát viên bác bỏ phát hiện mức S4 vì "điều khoản cấm tục này"
    Và rà soát viên bác bỏ phát hiện mức S3 vì "áp dụng như nhau cho nam và nữ"
    Và rà soát viên bác bỏ phát hiện mức S2 vì "máy hiểu sai câu"
    Thì kết luận của văn bản là "chưa rà soát"
    Khi rà soát viên kết thúc rà soát
    Thì kết luận của văn bản là "không có phân biệt đối xử"

  Tình huống: Xã không tự bác bỏ phát hiện về quy ước của mình
    Khi cán bộ xã bác bỏ phát hiện mức S4 vì "tục của bản"
    Thì phần mềm từ chối với mã "GA339"

  Tình huống: Thêm điều máy bỏ sót
    Khi rà soát viên thêm phát hiện mức S3 nhóm "HU-FAM" ở câu "Vợ phải nghe chồng" vì "bắt vợ phục tùng"
    Thì văn bản có phát hiện do người thêm ở "Điều 2, khoản 2" trích "Vợ phải nghe chồng"

  Tình huống: Miễn có thời hạn không làm văn bản thành đạt
    Khi pháp chế xác nhận phát hiện mức S4 vì "trái luật"
    Và pháp chế miễn phát hiện mức S4 trong 30 ngày vì "bản đang sửa quy ước"
    Thì danh sách miễn có "bản đang sửa quy ước"
    Và kết luận của văn bản là "có phân biệt đối xử"
