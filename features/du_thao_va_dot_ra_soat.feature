# language: vi
Tính năng: Soát dự thảo và rà soát hằng năm
  Để hương ước, quy ước tốt ngay từ đầu và được xem lại mỗi năm,
  cán bộ xã soát dự thảo trước khi niêm yết, ghi từng mốc theo Nghị định 61/2023
  và đánh dấu các bản của xã trong đợt rà soát hằng năm.

  Tình huống: Soát dự thảo trước khi niêm yết
    Khi cán bộ xã dán dự thảo có điều khoản "Chỉ đàn ông là chủ hộ được biểu quyết việc bản."
    Thì trang dự thảo nêu điều khoản ấy kèm câu có thể viết lại
    Và trang dự thảo nhắc niêm yết ít nhất 30 ngày và trên 50% đại diện hộ tán thành

  Tình huống: Không có phát hiện không có nghĩa là đạt
    Khi cán bộ xã dán dự thảo có điều khoản "Mỗi quý họp một lần vào ngày rằm."
    Thì trang dự thảo viết "Chưa thấy điều khoản phân biệt đối xử trong các phát hiện của máy; cần người rà soát."
    Và trang dự thảo gợi ý nội dung có thể thêm và nhắc không chép lại điều luật

  Tình huống: Niêm yết chưa đủ ngày
    Biết quy ước của bản "Nà Hum" được niêm yết cách đây 10 ngày
    Khi cán bộ xã ghi trạng thái "adopted" hôm nay
    Thì phần mềm lưu ý thời hạn niêm yết
    Khi cán bộ xã hoàn tác
    Thì quy ước ở trạng thái "niêm yết"

  Tình huống: Trạng thái trái trình tự bị từ chối
    Biết quy ước của bản "Nà Hum" được niêm yết cách đây 10 ngày
    Khi cán bộ xã ghi trạng thái "suspended" hôm nay
    Thì phần mềm từ chối với mã "GA361" và nói trạng thái nào ghi tiếp được

  Tình huống: Đợt rà soát hằng năm
    Biết xã "Bình Lư" có 2 quy ước đã công nhận và xã "Tả Lèng" có 1
    Khi rà soát viên mở đợt rà soát của năm nay
    Và cán bộ xã đánh dấu xã đã rà soát mọi bản còn lại
    Thì tiến độ của xã "Bình Lư" là "2/2"
    Và tiến độ của cả tỉnh là "2/3"
    Và cán bộ xã không mở được danh sách của xã "Tả Lèng"
